/**
 * Official images of Docker Hub. Versions are those published up to early 2026, as far as manifests use them; sizes,
 * start-up times and memory are round figures of the real ones; log lines are what the real programs print first.
 */
import type { CatalogueImage, ProgramSpec } from "./image.ts";

const MIB = 1024 * 1024;

/** A server that starts fast, answers in a few milliseconds and leaves in good order. */
export const SERVER: ProgramSpec = {
  ports: [80], startMs: 50, memoryBytes: 8 * MIB, startLines: [], serves: "hello", stop: "graceful", stopMs: 20, stopCode: 0, latencyMs: 2,
};

const NGINX_LINES = [
  "/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration",
  "/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/",
  "/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh",
  "/docker-entrypoint.sh: Configuration complete; ready for start up",
  "{slashdate} [notice] 1#1: using the \"epoll\" event method",
  "{slashdate} [notice] 1#1: start worker processes",
];

const HTML = "<!DOCTYPE html>\n<html>\n<head>\n<title>Welcome to nginx!</title>\n</head>\n<body>\n<h1>Welcome to nginx!</h1>\n</body>\n</html>\n";

function library(name: string, image: Omit<CatalogueImage, "repository">): CatalogueImage {
  return { repository: `docker.io/library/${name}`, ...image };
}

/** Web servers and proxies. */
export const WEB_IMAGES: readonly CatalogueImage[] = [
  library("nginx", {
    lines: "1.7=12 1.8=1 1.9=15 1.10=3 1.11=13 1.12=2 1.13=12 1.14=2 1.15=12 1.16=1 1.17=10 1.18=0 1.19=10 1.20=2 1.21=6 1.22=1 1.23=4 1.24=0 1.25=5 1.26=3 1.27=5 1.28=2 1.29=5 1.31=0",
    names: "latest stable mainline alpine perl stable-alpine mainline-alpine", sizeBytes: 62_939_286, base: "debian", stopSignal: "SIGQUIT",
    entrypoint: ["/docker-entrypoint.sh"], cmd: ["nginx", "-g", "daemon off;"], commands: ["nginx", "nginx-debug", "docker-entrypoint.sh"],
    program: { ...SERVER, serves: "files", startMs: 60, memoryBytes: 6 * MIB, startLines: NGINX_LINES, latencyMs: 1 },
    env: { NGINX_VERSION: "1.29.5" }, files: { "/usr/share/nginx/html/index.html": HTML, "/etc/nginx/nginx.conf": "user  nginx;\nworker_processes  auto;\n" },
  }),
  library("httpd", {
    lines: "2.2=34 2.4=66", names: "latest alpine", sizeBytes: 58_200_000, base: "debian", stopSignal: "SIGWINCH", workingDir: "/usr/local/apache2",
    entrypoint: [], cmd: ["httpd-foreground"], commands: ["httpd-foreground", "httpd", "apachectl"],
    program: { ...SERVER, serves: "files", startMs: 80, memoryBytes: 12 * MIB, startLines: ["[{apachedate}] [mpm_event:notice] [pid 1:tid 1] AH00489: Apache/2.4.66 (Unix) configured -- resuming normal operations", "[{apachedate}] [core:notice] [pid 1:tid 1] AH00094: Command line: 'httpd -D FOREGROUND'"] },
    files: { "/usr/local/apache2/htdocs/index.html": "<html><body><h1>It works!</h1></body></html>\n" },
  }),
  library("haproxy", { lines: "1.7=14 1.8=30 2.4=30 2.8=18 3.0=14 3.2=10", names: "latest lts alpine", sizeBytes: 42_000_000, base: "debian", stopSignal: "SIGUSR1", entrypoint: ["docker-entrypoint.sh"], cmd: ["haproxy", "-f", "/usr/local/etc/haproxy/haproxy.cfg"], commands: ["haproxy", "docker-entrypoint.sh"], program: { ...SERVER } }),
  library("traefik", { lines: "1.7=34 v1.7=34 2.11=30 v2.11=30 v3.0=4 v3.1=7 v3.6=2 3.6=2", names: "latest", sizeBytes: 46_000_000, base: "alpine", entrypoint: ["/entrypoint.sh"], cmd: ["traefik"], commands: ["traefik", "entrypoint.sh"], program: { ...SERVER, ports: [80] } }),
  library("wordpress", { lines: "4.8=3 4.9=8 5.9=5 6.0=3 6.4=3 6.5=5 6.8=3 6.9=0", names: "latest", sizeBytes: 242_000_000, base: "debian", stopSignal: "SIGWINCH", entrypoint: ["docker-entrypoint.sh"], cmd: ["apache2-foreground"], commands: ["apache2-foreground", "docker-entrypoint.sh"], program: { ...SERVER, startMs: 1200, memoryBytes: 60 * MIB, startLines: ["WordPress not found in /var/www/html - copying now...", "Complete! WordPress has been successfully copied to /var/www/html"] } }),
  library("ghost", { lines: "0.7=9 4.48=9 5.0=2 5.89=0 6.0=9", names: "latest alpine", sizeBytes: 190_000_000, base: "debian", entrypoint: ["docker-entrypoint.sh"], cmd: ["node", "current/index.js"], commands: ["node", "docker-entrypoint.sh"], program: { ...SERVER, ports: [2368], startMs: 4000, memoryBytes: 140 * MIB } }),
  library("tomcat", { lines: "8.5=100 9.0=110 10.1=50 11.0=15", names: "latest", sizeBytes: 210_000_000, base: "debian", entrypoint: [], cmd: ["catalina.sh", "run"], commands: ["catalina.sh"], program: { ...SERVER, ports: [8080], startMs: 2500, memoryBytes: 150 * MIB, stopCode: 143 } }),
];

const POSTGRES_HINT = [
  "Error: Database is uninitialized and superuser password is not specified.",
  "       You must specify POSTGRES_PASSWORD to a non-empty value for the",
  "       superuser. For example, \"-e POSTGRES_PASSWORD=password\" on \"docker run\".",
];

const MYSQL_HINT = [
  "{isodate} [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified",
  "    You need to specify one of the following as an environment variable:",
  "    - MYSQL_ROOT_PASSWORD", "    - MYSQL_ALLOW_EMPTY_PASSWORD", "    - MYSQL_RANDOM_ROOT_PASSWORD",
];
const MYSQL_ENV = ["MYSQL_ROOT_PASSWORD", "MYSQL_ROOT_PASSWORD_FILE", "MYSQL_ALLOW_EMPTY_PASSWORD", "MYSQL_RANDOM_ROOT_PASSWORD"];
const MARIADB_ENV = [...MYSQL_ENV, "MARIADB_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD_FILE", "MARIADB_ALLOW_EMPTY_ROOT_PASSWORD", "MARIADB_RANDOM_ROOT_PASSWORD", "MARIADB_ROOT_PASSWORD_HASH"];

/** Databases, caches and queues. */
export const DATA_IMAGES: readonly CatalogueImage[] = [
  library("redis", {
    lines: "2.8=23 3.0=7 3.2=12 4.0=14 5.0=14 6.0=20 6.2=21 7.0=15 7.2=12 7.4=7 8.0=5 8.2=3 8.4=0", names: "latest alpine", sizeBytes: 52_400_000, base: "debian",
    entrypoint: ["docker-entrypoint.sh"], cmd: ["redis-server"], commands: ["redis-server", "docker-entrypoint.sh"],
    program: { ...SERVER, ports: [6379], serves: "redis", startMs: 40, memoryBytes: 9 * MIB, startLines: ["1:C {redisdate} * oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo", "1:M {redisdate} * Running mode=standalone, port={port}.", "1:M {redisdate} * Ready to accept connections tcp"] },
  }),
  library("postgres", {
    lines: "9.4=26 9.5=25 9.6=24 10=23 11=22 12=22 13=23 14=20 15=15 16=11 17=7 18=1", names: "latest alpine", sizeBytes: 162_000_000, base: "debian", stopSignal: "SIGINT",
    entrypoint: ["docker-entrypoint.sh"], cmd: ["postgres"], commands: ["postgres", "docker-entrypoint.sh"],
    program: { ...SERVER, ports: [5432], serves: "tcp", startMs: 1800, memoryBytes: 38 * MIB, stopMs: 150, requiresEnv: { anyOf: ["POSTGRES_PASSWORD", "POSTGRES_PASSWORD_FILE", "POSTGRES_HOST_AUTH_METHOD"], lines: POSTGRES_HINT, code: 1 }, startLines: ["PostgreSQL init process complete; ready for start up.", "{isodate} UTC [1] LOG:  listening on IPv4 address \"0.0.0.0\", port {port}", "{isodate} UTC [1] LOG:  database system is ready to accept connections"] },
  }),
  library("mysql", {
    lines: "5.5=62 5.6=51 5.7=44 8.0=45 8.4=8 9.0=1 9.1=0 9.2=0 9.3=0 9.4=0 9.5=0 9.6=0", names: "latest lts innovation", sizeBytes: 236_000_000, base: "debian",
    entrypoint: ["docker-entrypoint.sh"], cmd: ["mysqld"], commands: ["mysqld", "docker-entrypoint.sh"],
    program: { ...SERVER, ports: [3306, 33060], serves: "tcp", startMs: 6000, memoryBytes: 400 * MIB, stopMs: 900, requiresEnv: { anyOf: MYSQL_ENV, lines: MYSQL_HINT, code: 1 }, startLines: ["{isodate} [Note] [Entrypoint]: Entrypoint script for MySQL Server started.", "{isodate} 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. port: {port}"] },
  }),
  library("mariadb", {
    lines: "5.5=64 10.1=48 10.2=44 10.3=39 10.4=34 10.5=29 10.6=24 10.11=15 11.4=9 11.8=5 12.0=2", names: "latest lts", sizeBytes: 116_000_000, base: "debian",
    entrypoint: ["docker-entrypoint.sh"], cmd: ["mariadbd"], commands: ["mariadbd", "mysqld", "docker-entrypoint.sh"],
    program: { ...SERVER, ports: [3306], serves: "tcp", startMs: 3500, memoryBytes: 90 * MIB, stopMs: 400, requiresEnv: { anyOf: MARIADB_ENV, lines: ["{isodate} [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified"], code: 1 }, startLines: ["{isodate} [Note] mariadbd: ready for connections."] },
  }),
  library("mongo", { lines: "3.2=22 3.4=24 3.6=23 4.0=28 4.2=24 4.4=29 5.0=31 6.0=26 7.0=25 8.0=15 8.2=1", names: "latest", sizeBytes: 300_000_000, base: "debian", entrypoint: ["docker-entrypoint.sh"], cmd: ["mongod"], commands: ["mongod", "docker-entrypoint.sh"], program: { ...SERVER, ports: [27017], serves: "tcp", startMs: 1500, memoryBytes: 170 * MIB, stopMs: 300, startLines: ["{\"t\":{\"$date\":\"{isodate}\"},\"s\":\"I\",\"c\":\"NETWORK\",\"id\":23016,\"ctx\":\"listener\",\"msg\":\"Waiting for connections\",\"attr\":{\"port\":{port},\"ssl\":\"off\"}}"] } }),
  library("memcached", { lines: "1.4=39 1.5=22 1.6=40", names: "latest alpine", sizeBytes: 33_000_000, base: "debian", entrypoint: ["docker-entrypoint.sh"], cmd: ["memcached"], commands: ["memcached", "docker-entrypoint.sh"], program: { ...SERVER, ports: [11211], serves: "tcp", startMs: 20, memoryBytes: 3 * MIB } }),
  library("rabbitmq", { lines: "3.6=16 3.7=28 3.8=34 3.9=29 3.10=25 3.11=28 3.12=14 3.13=7 4.0=9 4.1=6 4.2=1", names: "latest management alpine", sizeBytes: 105_000_000, base: "debian", entrypoint: ["docker-entrypoint.sh"], cmd: ["rabbitmq-server"], commands: ["rabbitmq-server", "docker-entrypoint.sh"], program: { ...SERVER, ports: [5672, 15672, 15692], serves: "tcp", startMs: 7000, memoryBytes: 130 * MIB, stopMs: 1500, startLines: ["  Starting broker... completed with 4 plugins."] } }),
  library("elasticsearch", { lines: "2.4=6 5.6=16 6.8=23 7.17=29 8.19=7 9.2=1", names: "", sizeBytes: 620_000_000, base: "debian", entrypoint: ["/usr/local/bin/docker-entrypoint.sh"], cmd: ["eswrapper"], commands: ["eswrapper", "docker-entrypoint.sh", "elasticsearch"], program: { ...SERVER, ports: [9200, 9300], startMs: 15000, memoryBytes: 1200 * MIB, stopCode: 143 } }),
  library("kibana", { lines: "5.6=16 6.8=23 7.17=29 8.19=7 9.2=1", names: "", sizeBytes: 500_000_000, base: "debian", entrypoint: [], cmd: ["kibana"], commands: ["kibana"], program: { ...SERVER, ports: [5601], startMs: 12000, memoryBytes: 500 * MIB } }),
  library("cassandra", { lines: "2.2=19 3.0=32 3.11=19 4.0=18 4.1=10 5.0=6", names: "latest", sizeBytes: 140_000_000, base: "debian", entrypoint: ["docker-entrypoint.sh"], cmd: ["cassandra", "-f"], commands: ["cassandra", "docker-entrypoint.sh"], program: { ...SERVER, ports: [9042, 7000], serves: "tcp", startMs: 20000, memoryBytes: 1500 * MIB } }),
  library("consul", { lines: "1.15=4", names: "", sizeBytes: 60_000_000, base: "alpine", entrypoint: ["docker-entrypoint.sh"], cmd: ["agent", "-dev"], commands: ["consul", "agent", "docker-entrypoint.sh"], program: { ...SERVER, ports: [8500] } }),
  library("zookeeper", { lines: "3.4=14 3.5=10 3.6=4 3.7=2 3.8=5 3.9=4", names: "latest", sizeBytes: 120_000_000, base: "debian", entrypoint: ["/docker-entrypoint.sh"], cmd: ["zkServer.sh", "start-foreground"], commands: ["zkServer.sh", "docker-entrypoint.sh"], program: { ...SERVER, ports: [2181], serves: "tcp", startMs: 2000, memoryBytes: 90 * MIB } }),
];
