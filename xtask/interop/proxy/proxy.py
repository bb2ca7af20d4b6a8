"""Runs a proxy in front of a port of this machine: `proxy.py haproxy-tcp|haproxy-http|nginx TARGET`.

It prints `peer NAME VERSION` and `READY PORT`, or `missing NAME`, and ends the proxy when its standard input ends.
"""
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time

HERE = os.path.dirname(os.path.abspath(__file__))
KIND, TARGET = sys.argv[1:3]
NAME = KIND.split("-")[0]
CONFIGURATION = {"haproxy": "haproxy.cfg", "nginx": "nginx.conf"}[NAME]


def start(program, folder):
    with socket.socket() as free:  # neither takes port 0
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with open(os.path.join(HERE, CONFIGURATION)) as template:
        text = template.read()
    for word, value in (("MODE", KIND.rpartition("-")[2]), ("LISTEN", str(port)), ("TARGET", TARGET)):
        text = re.sub(rf"\b{word}\b(?=;|$)", value, text, flags=re.M)
    file = os.path.join(folder, CONFIGURATION)
    with open(file, "w") as out:
        out.write(text)
    command = {"haproxy": ["-db", "-f", file], "nginx": ["-p", folder, "-c", file, "-e", "stderr"]}[NAME]
    return port, subprocess.Popen([program, *command], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def listens(port, process):
    for _ in range(100):
        if process.poll() is not None:
            return False
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return True
        except OSError:
            time.sleep(0.05)
    return False


def main():
    path = os.environ.get("PATH", "") + os.pathsep + "/usr/sbin" + os.pathsep + "/sbin"
    program = shutil.which(NAME, path=path)
    if program is None:
        print("missing", NAME, flush=True)
        return
    version = subprocess.run([program, "-v"], capture_output=True, text=True)
    print("peer", NAME, *re.findall(r"\d+\.\d+\.\d+", version.stdout + version.stderr)[:1], flush=True)
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        for _ in range(3):  # another program may have been faster to take the port
            port, process = start(program, folder)
            if listens(port, process):
                break
            process.kill()
        else:
            sys.exit(f"{NAME} does not start")
        print("READY", port, flush=True)
        threading.Thread(target=lambda: (process.wait(), print("FAIL the proxy ended", flush=True)), daemon=True).start()
        while os.read(0, 4096):
            pass
        process.terminate()
        try:
            process.wait(2)
        except subprocess.TimeoutExpired:
            process.kill()
        process.wait()


main()
