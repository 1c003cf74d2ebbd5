import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readFile } from "../filesystem/index.ts";
import { runArgv, runScript } from "./test-shell.ts";

describe("words", () => {
  it.each([
    ["echo hello   world", "hello world\n"],
    ["echo 'a  b' \"c  d\"", "a  b c  d\n"],
    ["X='a b'; echo $X; echo \"$X\"", "a b\na b\n"],
    ["X='a  b'; echo $X", "a b\n"],
    ["echo ${X:-none} ${X-none} ${HOME:+set}", "none none\n"],
    ["X=file.tar.gz; echo ${X%.*} ${X%%.*} ${X#*.} ${X##*.} ${#X}", "file.tar file tar.gz gz 11\n"],
    ["X=abcabc; echo ${X/b/Z} ${X//b/Z} ${X:1:3}", "aZcabc aZcaZc bca\n"],
    ["echo $((1 + 2 * 3)) $(( (1+2)*3 )) $((7/2)) $((7%3)) $((2**8))", "7 9 3 1 256\n"],
    ["i=5; i=$((i+1)); echo $i; echo $((i++)) $i", "6\n6 7\n"],
    ["echo $(echo a; echo b)", "a b\n"],
    ["echo \"$(echo a; echo b)\"", "a\nb\n"],
    ["echo `echo old`", "old\n"],
    ["echo \"nested $(echo \"in $(echo deep)\")\"", "nested in deep\n"],
    ["echo \\$HOME '$HOME' \"\\$HOME\"", "$HOME $HOME $HOME\n"],
    ["echo {a,b}{1..3}", "a1 a2 a3 b1 b2 b3\n"],
    ["A=(x y z); echo ${A[1]} ${A[@]} ${#A}", "y x y z 1\n"],
    ["set -- a 'b c'; for x in \"$@\"; do echo $x; done; echo $#", "a\nb c\n2\n"],
    ["echo a#b # comment", "a#b\n"],
    ["echo one \\\n two", "one two\n"],
  ])("%s", (script, expected) => {
    expect(runScript(script).out).toBe(expected);
  });
});

describe("control", () => {
  it.each([
    ["true && echo yes || echo no", "yes\n"],
    ["false && echo yes || echo no", "no\n"],
    ["if [ 1 -eq 2 ]; then echo a; elif test -n x; then echo b; else echo c; fi", "b\n"],
    ["i=0; while [ $i -lt 3 ]; do echo $i; i=$((i+1)); done", "0\n1\n2\n"],
    ["i=3; until [ $i -eq 0 ]; do i=$((i-1)); done; echo $i", "0\n"],
    ["for i in 1 2 3; do if [ $i = 2 ]; then continue; fi; echo $i; done", "1\n3\n"],
    ["for i in 1 2 3; do for j in a b; do [ $i = 2 ] && break 2; echo $i$j; done; done", "1a\n1b\n"],
    ["case nginx:1.2 in redis*) echo r;; nginx:*|x) echo n;; *) echo other;; esac", "n\n"],
    ["f() { echo \"got $1\"; return 3; }; f arg; echo $?", "got arg\n3\n"],
    ["(cd /tmp; X=1; pwd); echo ${X:-unset} $(pwd)", "/tmp\nunset /\n"],
    ["{ echo a; echo b; } | while read l; do echo \"<$l>\"; done", "<a>\n<b>\n"],
    ["! false; echo $?", "0\n"],
    ["[[ abc == a* && 1 -lt 2 ]] && echo match", "match\n"],
    ["[[ web-12 =~ -([0-9]+)$ ]] && echo ${BASH_REMATCH[1]}", "12\n"],
    ["cat <<EOF\nhi $((1+1))\nEOF\necho after", "hi 2\nafter\n"],
    ["cat <<'EOF'\n$X\nEOF", "$X\n"],
    ["trap 'echo bye' EXIT; echo hi", "hi\nbye\n"],
    ["x=1; eval 'x=2; echo $x'", "2\n"],
    ["sh -c 'echo $0 $1' a b", "a b\n"],
    ["seq 3 | tr '\\n' ' '", "1 2 3 "],
    ["printf '%s=%d\\n' a 1 b 2", "a=1\nb=2\n"],
    ["echo -en 'a\\tb\\n'", "a\tb\n"],
    ["printf UNCHANGED=$X'\\n'", "UNCHANGED=\n"],
  ])("%s", (script, expected) => {
    const run = runScript(script);
    expect(run.out + run.err).toBe(expected);
  });

  it("leaves with the code of exit, of the last command, or 127 for an unknown one", () => {
    expect(runScript("exit 42").code).toBe(42);
    expect(runScript("true; false").code).toBe(1);
    const unknown = runScript("foo --bar");
    expect([unknown.code, unknown.err]).toEqual([127, "sh: foo: not found\n"]);
    expect(runScript("echo a; (exit 5); echo $?").out).toBe("a\n5\n");
  });

  it("set -e ends at the first failure outside conditions", () => {
    expect(runScript("set -e; false || echo saved; if false; then :; fi; echo on; false; echo never").out).toBe("saved\non\n");
    expect(runArgv(["bash", "-ec", "echo a; false; echo b"]).code).toBe(1);
    expect(runScript("set -e; ! true; echo on").out).toBe("on\n");
  });

  it("says where a script is wrong, as code 2", () => {
    for (const script of ["if true; then", "echo 'open", "echo $(", "done", "for"]) {
      const run = runScript(script);
      expect([run.code, run.err.startsWith("sh: syntax error")], script).toEqual([2, true]);
    }
    expect(runScript("set -u; echo $NOPE; echo on")).toMatchObject({ code: 2, err: "sh: NOPE: parameter not set\n", out: "" });
    expect(runScript("echo $((1/0)); echo on")).toMatchObject({ out: "", err: "sh: divide by zero\n" });
    expect(runScript("f() { f; }; f").err).toContain("maximum function nesting");
  });
});

describe("time", () => {
  it("sleeps on virtual time", () => {
    const run = runScript("echo a; sleep 5; echo b; sleep 1m; date +%s");
    expect(run.seconds).toBe(65);
    expect(run.timed).toEqual(["0: a", "5: b", `65: ${Date.UTC(2026, 0, 5, 8, 1, 5) / 1000}`]);
  });

  it("goes on for good in a loop that sleeps", () => {
    const run = runScript("while true; do echo hi; sleep 5; done", { limitSeconds: 12 });
    expect(run.timed).toEqual(["0: hi", "5: hi", "10: hi"]);
    expect(run.code).toBeUndefined();
  });

  it("passes on what a filter gets while the stage before sleeps", () => {
    const run = runScript("while true; do echo hi; echo ho; sleep 5; done | grep hi", { limitSeconds: 7 });
    expect(run.timed).toEqual(["0: hi", "5: hi"]);
  });

  it("a loop that never waits takes naps instead of hanging", () => {
    const run = runScript("while true; do :; done", { limitSeconds: 100 });
    expect(run.code).toBeUndefined();
  });

  it("background jobs run beside and wait waits", () => {
    const run = runScript("(sleep 3; echo slow) & sleep 1; echo fast; wait; echo done");
    expect(run.timed).toEqual(["1: fast", "3: slow", "3: done"]);
  });

  it("a trap runs after the command in the foreground, and breaks wait", () => {
    expect(runScript("trap 'echo term; exit 0' TERM; while true; do sleep 1; done", { signals: { 1.5: "SIGTERM" }, limitSeconds: 60 })).toMatchObject({ out: "term\n", code: 0, seconds: 2 });
    expect(runScript("trap 'exit 7' TERM; sleep 3600 & wait", { signals: { 2: "SIGTERM" }, limitSeconds: 60 })).toMatchObject({ code: 7, seconds: 2 });
    expect(runScript("sleep 60", { signals: { 2: "SIGTERM" } })).toMatchObject({ seconds: 60 });
  });

  it("an infinite sleep never ends", () => {
    expect(runArgv(["sleep", "infinity"]).code).toBeUndefined();
    expect(runArgv(["sleep", "3600"], { limitSeconds: 4000 })).toMatchObject({ code: 0, seconds: 3600 });
  });
});

describe("files", () => {
  it("the liveness example: touch, sleep, rm", () => {
    const run = runScript("touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600", { limitSeconds: 20 });
    expect(readFile(run.files, "/tmp/healthy")).toBe("");
    expect(readFile(runScript("touch /tmp/healthy; sleep 30; rm -f /tmp/healthy; sleep 600").files, "/tmp/healthy")).toBeUndefined();
    expect(runScript("cat /tmp/healthy")).toMatchObject({ code: 1, err: "cat: can't open '/tmp/healthy': No such file or directory\n" });
  });

  it("redirects, appends, and reads back", () => {
    const run = runScript("echo a > /tmp/x; echo b >> /tmp/x; cat < /tmp/x; wc -l < /tmp/x; ls /nope 2>/dev/null || echo gone; echo err >&2");
    expect([run.out, run.err]).toEqual(["a\nb\n2\ngone\n", "err\n"]);
  });

  it("follows a file", () => {
    const run = runScript("(for i in 1 2; do echo line $i >> /tmp/log; sleep 1; done) & tail -n+1 -F /tmp/log", { limitSeconds: 10 });
    expect(run.out).toBe("line 1\nline 2\n");
  });

  it("the usual text tools", () => {
    const files = { "/etc/app": "b 2\na 1\nb 2\n" };
    expect(runScript("sort /etc/app | uniq -c | awk '{print $2 \":\" $1}'", { files }).out).toBe("a:1\nb:2\n");
    expect(runScript("sed 's/b/X/; s/2/Y/g' /etc/app; grep -c b /etc/app; cut -d' ' -f1 /etc/app | head -n 1", { files }).out).toBe("X Y\na 1\nX Y\n2\nb\n");
    expect(runScript("echo input | rev; echo aGk= | base64 -d").out).toBe("tupni\nhi");
  });
});

describe("network", () => {
  it("wget and curl say what happened", () => {
    const answers = { "web:80": { outcome: "answer" as const, status: 200, body: "hello\n" }, "down:80": { outcome: "refused" as const }, "bad:8080": { outcome: "answer" as const, status: 503, body: "no" } };
    expect(runScript("wget -qO- http://web", { answers })).toMatchObject({ out: "hello\n", code: 0 });
    expect(runScript("wget -O /tmp/i http://web/ && cat /tmp/i", { answers }).out).toBe("hello\n");
    expect(runScript("wget -qO- http://down", { answers })).toMatchObject({ err: "wget: can't connect to remote host (down): Connection refused\n", code: 1 });
    expect(runScript("wget -q nowhere", { answers })).toMatchObject({ err: "wget: bad address 'nowhere'\n", code: 1 });
    expect(runScript("curl -s -o /dev/null -w '%{http_code}\\n' http://bad:8080/x", { answers })).toMatchObject({ out: "503\n", code: 0 });
    expect(runScript("curl http://down", { answers })).toMatchObject({ code: 7 });
    expect(runScript("curl -sf http://bad:8080 || echo failed", { answers }).out).toBe("failed\n");
    expect(runScript("until nc -z db 5432; do sleep 2; done; echo up", { answers: { "db:5432": { outcome: "answer" as const } } })).toMatchObject({ out: "up\n" });
  });

  it("nslookup asks the name server", () => {
    expect(runScript("nslookup web", { answers: { "10.96.0.10:53": { outcome: "answer" as const, body: "10.96.0.7" } } }).out).toContain("Name:\tweb\nAddress: 10.96.0.7");
    expect(runScript("until nslookup db; do echo waiting; sleep 2; done", { answers: { "10.96.0.10:53": { outcome: "answer" as const, body: "" } }, limitSeconds: 3 }).out).toContain("NXDOMAIN");
  });
});

describe("programs", () => {
  it("runs the image's program and sees its code", () => {
    expect(runScript("server --port 1; echo $?", { programs: { server: 9 } })).toMatchObject({ out: "3\n", seconds: 9 });
  });

  it("knows its environment", () => {
    expect(runScript("printenv A; A=2 sh -c 'echo $A'; echo $A; env | grep A=", { env: { A: "1" } }).out).toBe("1\n2\n1\nA=1\n");
    expect(runArgv(["/bin/echo", "$(X)", "b"]).out).toBe("$(X) b\n");
  });

  it("the init container that waits for a page", () => {
    const script = "MAX=2\nfor i in $(seq 1 $MAX); do\n  S=$(wget --server-response http://web 2>&1 | awk '/^  HTTP/{print $2}')\n  if [ $S -eq 200 ]; then\n    echo ok\n    exit 0\n  fi\n  sleep 10\ndone\nexit 1";
    expect(runScript(script, { answers: { "web:80": { outcome: "answer", status: 200, body: "" } } })).toMatchObject({ out: "ok\n", code: 0 });
  });
});

describe("any script", () => {
  it("ends or waits, and never throws", () => {
    const token = fc.constantFrom("echo", "a", "$X", "$(", ")", "\"", "'", ";", "&&", "||", "|", "if", "then", "fi", "while", "do", "done", "{", "}", "(", "case", "esac", "in", "<", ">", "$((1+", "))", "sleep 1", "\n", "[", "]", "!", "&", "for x", "${X:-", "<<E", "E", "*", "true", "exit 1", "break");
    fc.assert(fc.property(fc.array(token, { maxLength: 14 }), (tokens) => {
      const run = runScript(tokens.join(" "), { limitSeconds: 20 });
      expect(run.code === undefined || (run.code >= 0 && run.code <= 255)).toBe(true);
    }), { numRuns: 300 });
  });
});
