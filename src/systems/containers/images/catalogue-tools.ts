/** Images whose containers run a shell, a language or one command. */
import { SERVER } from "./catalogue-official.ts";
import type { CatalogueImage } from "./image.ts";

const MIB = 1024 * 1024;

function library(name: string, image: Omit<CatalogueImage, "repository">): CatalogueImage {
  return { repository: `docker.io/library/${name}`, ...image };
}

const BUSYBOX_LINES = "1.24=2 1.25=1 1.26=2 1.27=2 1.28=4 1.29=3 1.30=1 1.31=1 1.32=1 1.33=1 1.34=1 1.35=0 1.36=1 1.37=0 1.38=0";
const LANGUAGE = { ...SERVER, ports: [] as number[], startMs: 300, memoryBytes: 40 * MIB, serves: "hello" };

/** Shells and operating systems. */
export const SHELL_IMAGES: readonly CatalogueImage[] = [
  library("busybox", { lines: BUSYBOX_LINES, names: "latest stable unstable glibc musl uclibc", sizeBytes: 1_906_887, base: "busybox", entrypoint: [], cmd: ["sh"] }),
  library("alpine", { lines: "2.6=0 2.7=0 3.1=0 3.2=0 3.3=0 3.4=0 3.5=0 3.6=5 3.7=3 3.8=5 3.9=6 3.10=9 3.11=13 3.12=12 3.13=12 3.14=10 3.15=11 3.16=9 3.17=10 3.18=12 3.19=9 3.20=8 3.21=5 3.22=2 3.23=0", names: "latest edge", sizeBytes: 3_802_452, base: "alpine", entrypoint: [], cmd: ["/bin/sh"] }),
  library("debian", { lines: "8=11 9=13 10=13 11=11 12=12 13=2", names: "latest stable testing unstable sid trixie bookworm bullseye buster stretch jessie", sizeBytes: 49_286_000, base: "debian", entrypoint: [], cmd: ["bash"] }),
  library("ubuntu", { lines: "14.04=6 16.04=7 18.04=6 20.04=6 22.04=5 24.04=3 25.04=0 25.10=0 26.04=0", names: "latest rolling devel noble jammy focal bionic xenial trusty", sizeBytes: 29_724_000, base: "debian", entrypoint: [], cmd: ["/bin/bash"] }),
  library("fedora", { lines: "33=0 35=0 38=0 39=0 40=0 41=0 42=0 43=0", names: "latest rawhide", sizeBytes: 64_000_000, base: "debian", entrypoint: [], cmd: ["/bin/bash"] }),
  library("centos", { lines: "6=10 7=9 8=4", names: "latest centos7 centos6 centos8", sizeBytes: 83_500_000, base: "debian", entrypoint: [], cmd: ["/bin/bash"] }),
  library("amazonlinux", { lines: "1=0 2=0 2023=0", names: "latest", sizeBytes: 52_000_000, base: "debian", entrypoint: [], cmd: ["/bin/bash"] }),
  library("bash", { lines: "3.2=57 4.4=23 5.0=18 5.1=16 5.2=37 5.3=8", names: "latest devel", sizeBytes: 6_500_000, base: "alpine", entrypoint: ["docker-entrypoint.sh"], cmd: ["bash"], commands: [], tools: ["bash"] }),
  library("hello-world", { lines: "", names: "latest linux", sizeBytes: 2_380, base: "scratch", entrypoint: [], cmd: ["/hello"], commands: ["hello"], program: { ...SERVER, ports: [], startLines: ["", "Hello from Docker!", "This message shows that your installation appears to be working correctly."], ends: { afterMs: 10, code: 0, lines: [] }, memoryBytes: MIB } }),
];

/** Languages: their interpreters run for good when given a program, which the lab does not look into. */
export const LANGUAGE_IMAGES: readonly CatalogueImage[] = [
  library("node", { lines: "4=9 6=17 8=17 10=24 12=22 14=21 16=20 18=20 20=20 22=22 24=12 25=3", names: "latest current lts alpine slim", sizeBytes: 400_000_000, base: "debian", entrypoint: ["docker-entrypoint.sh"], cmd: ["node"], commands: ["node", "npm", "npx", "yarn"], program: LANGUAGE }),
  library("python", { lines: "2.7=18 3.4=10 3.5=10 3.6=15 3.7=17 3.8=20 3.9=25 3.10=19 3.11=14 3.12=12 3.13=11 3.14=2", names: "latest alpine slim", sizeBytes: 412_000_000, base: "debian", entrypoint: [], cmd: ["python3"], commands: ["python", "python3", "gunicorn", "uvicorn", "flask", "pip"], program: LANGUAGE }),
  library("golang", { lines: "1.8=7 1.12=17 1.14=15 1.16=15 1.18=10 1.20=14 1.21=13 1.22=12 1.23=12 1.24=11 1.25=5", names: "latest alpine", sizeBytes: 310_000_000, base: "debian", entrypoint: [], cmd: ["bash"], commands: ["go"], program: LANGUAGE }),
  library("ruby", { lines: "2.7=8 3.0=7 3.1=7 3.2=9 3.3=10 3.4=7 4.0=0", names: "latest alpine slim", sizeBytes: 380_000_000, base: "debian", entrypoint: [], cmd: ["irb"], commands: ["ruby", "irb", "rails", "bundle"], program: LANGUAGE }),
  library("perl", { lines: "5.24=4 5.26=3 5.28=3 5.30=3 5.32=1 5.34=3 5.36=3 5.38=5 5.40=3 5.42=0", names: "latest slim", sizeBytes: 340_000_000, base: "debian", entrypoint: [], cmd: ["perl", "-de0"], commands: ["perl"], program: { ...LANGUAGE, ends: { afterMs: 5000, code: 0, lines: [] } } }),
  library("php", { lines: "5.6=40 7.0=33 7.2=34 7.4=33 8.0=30 8.1=34 8.2=30 8.3=28 8.4=15 8.5=0", names: "latest apache fpm cli alpine", sizeBytes: 180_000_000, base: "debian", entrypoint: ["docker-php-entrypoint"], cmd: ["php", "-a"], commands: ["php", "apache2-foreground", "php-fpm", "docker-php-entrypoint"], program: { ...LANGUAGE, ports: [80] } }),
  library("openjdk", { lines: "8=342 11=16 17=0 18=0", names: "latest 8-jdk 8-jre 11-jdk", sizeBytes: 240_000_000, base: "debian", entrypoint: [], cmd: ["jshell"], commands: ["java", "jshell"], program: { ...LANGUAGE, startMs: 2000, memoryBytes: 180 * MIB } }),
  library("eclipse-temurin", { lines: "8=0 11=0 17=0 21=0 25=0", names: "latest", sizeBytes: 230_000_000, base: "debian", entrypoint: [], cmd: ["jshell"], commands: ["java", "jshell"], program: { ...LANGUAGE, startMs: 2000, memoryBytes: 180 * MIB } }),
  library("docker", { lines: "18.09=9 19.03=15 20.10=24 23.0=6 24.0=9 25.0=5 26.1=4 27.5=1 28.5=2 29.1=3", names: "latest dind cli stable", sizeBytes: 120_000_000, base: "alpine", entrypoint: ["docker-entrypoint.sh"], cmd: ["sh"], commands: ["dockerd", "docker"], program: { ...SERVER, ports: [2375] } }),
];
