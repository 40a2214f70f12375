"""Measures Jupyter kernels side by side: the same client, the same machine, one after the other in the same run.

Prints one JSON line per kernel: {"kernel": "gradus", "start": 0.5, ...}. A figure that a kernel could not give is a
string that says why. Seconds, except memory in megabytes.
"""

import argparse
import json
import os
import statistics
import sys
import time

import psutil
import zmq
from jupyter_client.manager import KernelManager

LINES = 10_000
TEXT_MB = 20

TYPESCRIPT = {
    "trivial": "const x{n}: number = {n} + 1;",
    "loop": "let s = 0; for (let i = 0; i < 1e7; i++) { s += i; }",
    "variable": "let total = 0;",
    "loop_over_variable": "for (let i = 0; i < 1e7; i++) { total += i; }",
    "function": "function f() { let s = 0; for (let i = 0; i < 1e7; i++) { s += i; } return s; } f(); f();",
    "time_function": "f();",
    "lines": "for (let i = 0; i < {lines}; i++) console.log('line ' + i);",
    "text": "for (let i = 0; i < {mb}; i++) process.stdout.write('x'.repeat(1023).concat('\\n').repeat(1024));",
    "endless": "while (true) {}",
    "after": "console.log('alive');",
}
PYTHON = {
    "trivial": "x{n}: int = {n} + 1",
    "loop": "s = 0\nfor i in range(10_000_000):\n    s += i",
    "variable": "total = 0",
    "loop_over_variable": "for i in range(10_000_000):\n    total += i",
    "function": "def f():\n    s = 0\n    for i in range(10_000_000):\n        s += i\n    return s\nf()",
    "time_function": "f();",
    "lines": "for i in range({lines}):\n    print('line ' + str(i))",
    "text": "import sys\nfor i in range({mb}):\n    sys.stdout.write(('x' * 1023 + '\\n') * 1024)",
    "endless": "while True: pass",
    "after": "print('alive')",
}


class Lost(Exception):
    pass


class Kernel:
    def __init__(self, name, folder):
        self.name = name
        self.manager = KernelManager(kernel_name=name)
        started = time.perf_counter()
        self.manager.start_kernel(cwd=folder)
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        self.start_seconds = time.perf_counter() - started
        self.cells = PYTHON if self.manager.kernel_spec.language == "python" else TYPESCRIPT

    def run(self, code, timeout=60, interrupt_after=None):
        """Seconds until reply and idle are both there, and the text that came on stdout before idle."""
        shell, iopub = self.client.shell_channel.socket, self.client.iopub_channel.socket
        poller = zmq.Poller()
        poller.register(shell, zmq.POLLIN)
        poller.register(iopub, zmq.POLLIN)
        started = time.perf_counter()
        request = self.client.execute(code)
        interrupted = None
        text, size, status, idle = [], 0, None, False
        while status is None or not idle:
            now = time.perf_counter()
            if interrupt_after is not None and interrupted is None and now - started > interrupt_after:
                interrupted = time.perf_counter()
                self.manager.interrupt_kernel()
            if now - started > timeout:
                raise Lost(f"no idle after {timeout} s, {''.join(text).count(chr(10))} lines came")
            ready = dict(poller.poll(10))
            if shell in ready:
                reply = self.client.get_shell_msg(timeout=1)
                if reply["parent_header"].get("msg_id") == request:
                    status = reply["content"]["status"]
            if iopub not in ready:
                continue
            message = self.client.get_iopub_msg(timeout=1)
            if message["parent_header"].get("msg_id") != request:
                continue
            if message["msg_type"] == "stream" and message["content"]["name"] == "stdout":
                text.append(message["content"]["text"])
            elif message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                idle = True
        end = time.perf_counter()
        return (end - interrupted if interrupted else end - started), "".join(text), status

    def memory_mb(self):
        process = psutil.Process(self.manager.provisioner.process.pid)
        return sum(p.memory_info().rss for p in [process, *process.children(recursive=True)]) / 1e6

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def first_cell_after_idling(name, folder):
    """Seconds of the first cell when nobody has asked for anything in the first two seconds, as when a person reads."""
    kernel = Kernel(name, folder)
    try:
        time.sleep(2.0)
        return kernel.run(kernel.cells["trivial"].replace("{n}", "1000"))[0]
    finally:
        kernel.stop()


def measure(name, folder):
    idle_first = first_cell_after_idling(name, folder)
    kernel = Kernel(name, folder)
    cells = kernel.cells
    result = {"kernel": name, "start": kernel.start_seconds, "firstCell": idle_first}

    def take(key, action):
        try:
            result[key] = action()
        except Lost as lost:
            result[key] = str(lost)
            raise

    def printed(code, expected):
        seconds, text, _ = kernel.run(code, timeout=60)
        got = text.count("\n")
        return seconds if got == expected else f"{got} of {expected} lines came"

    def interrupted():
        seconds, _, status = kernel.run(cells["endless"], timeout=20, interrupt_after=1.0)
        if status == "ok":
            return "not stopped"
        _, text, _ = kernel.run(cells["after"], timeout=20)
        return seconds if "alive" in text else "dead after Stop"

    try:
        take("firstCellAtOnce", lambda: kernel.run(cells["trivial"].replace("{n}", "1000"))[0])
        time.sleep(1.0)
        take(
            "trivialCell",
            lambda: statistics.median(kernel.run(cells["trivial"].replace("{n}", str(n)))[0] for n in range(50)),
        )
        take("memoryAfter50Cells", kernel.memory_mb)
        take("loop", lambda: kernel.run(cells["loop"])[0])
        kernel.run(cells["variable"])
        take("loopOverVariable", lambda: kernel.run(cells["loop_over_variable"])[0])
        kernel.run(cells["function"])
        take("loopInFunction", lambda: min(kernel.run(cells["time_function"])[0] for _ in range(3)))
        take("lines", lambda: printed(cells["lines"].replace("{lines}", str(LINES)), LINES))
        take("text20MB", lambda: printed(cells["text"].replace("{mb}", str(TEXT_MB)), TEXT_MB * 1024))
        before = kernel.memory_mb()
        take("lines100000", lambda: printed(cells["lines"].replace("{lines}", "100000"), 100_000))
        result["memoryGrowth100000"] = kernel.memory_mb() - before
        take("interrupt", interrupted)
    except Lost:
        pass  # the figure holds the reason; the kernel answers no more, so the rest can't be measured
    finally:
        kernel.stop()
    return result


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kernels", nargs="+")
    parser.add_argument("--folder", default=os.getcwd())
    options = parser.parse_args()
    for name in options.kernels:
        try:
            result = measure(name, options.folder)
        except Exception as error:  # a kernel that does not start is a result, too
            result = {"kernel": name, "error": f"{type(error).__name__}: {error}"}
        print(json.dumps(result), flush=True)


sys.exit(main())
