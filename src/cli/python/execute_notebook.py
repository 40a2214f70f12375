"""Executes a notebook in a real kernel with nbclient and says on stdout how far it is, one JSON object a line.

Events: {"event": "begin", "cells": 12}, {"event": "cell", "index": 3}, {"event": "done"},
{"event": "failed", "index": 3, "kind": "error" | "timeout" | "died" | "interrupted" | "no-kernel", "text": "..."}.
`index` counts all cells from 0, markdown included. The notebook is written in every case, with the outputs that it got.
"""

import argparse
import asyncio
import json
import sys

import nbformat
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, CellTimeoutError, DeadKernelError


def say(**event):
    print(json.dumps(event), flush=True)


def error_text(cell, error):
    """What the kernel printed about the error; kernels without `error` messages print it to stderr."""
    parts = []
    for output in cell.get("outputs", []):
        if output["output_type"] == "error":
            parts.append("\n".join(output["traceback"]) or f'{output["ename"]}: {output["evalue"]}')
        elif output["output_type"] == "stream" and output["name"] == "stderr":
            parts.append(output["text"])
    return "\n".join(parts).strip() or str(error)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source")
    parser.add_argument("target")
    parser.add_argument("--kernel", required=True)
    parser.add_argument("--folder", required=True)
    parser.add_argument("--timeout", type=int, default=0)
    options = parser.parse_args()

    notebook = nbformat.read(options.source, as_version=4)
    state = {"index": 0}

    def starting(cell, cell_index):
        state["index"] = cell_index
        say(event="cell", index=cell_index)

    client = NotebookClient(
        notebook,
        kernel_name=options.kernel,
        timeout=options.timeout or None,
        record_timing=False,
        coalesce_streams=True,
        resources={"metadata": {"path": options.folder}},
        on_cell_start=starting,
    )
    say(event="begin", cells=len(notebook.cells))
    failure = None
    try:
        client.execute()
    except CellExecutionError as error:
        failure = ("error", error_text(notebook.cells[state["index"]], error))
    except CellTimeoutError:
        failure = ("timeout", f"the cell did not finish within {options.timeout} s")
    except (DeadKernelError, RuntimeError) as error:
        failure = ("died", f"the kernel died: {error}")
    except NoSuchKernel:
        known = ", ".join(sorted(KernelSpecManager().find_kernel_specs())) or "none"
        failure = ("no-kernel", f'There is no kernel named "{options.kernel}". The kernels are: {known}.')
    except (KeyboardInterrupt, asyncio.CancelledError):
        failure = ("interrupted", "Stopped by Ctrl-C.")
    finally:
        nbformat.write(notebook, options.target)
    if failure is None:
        say(event="done")
        return 0
    say(event="failed", index=state["index"], kind=failure[0], text=failure[1])
    return 1


sys.exit(main())
