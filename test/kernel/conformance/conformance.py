"""Jupyter's own conformance tests (jupyter_kernel_test) against our kernel, every optional test switched on."""

import unittest

import jupyter_kernel_test


class GradusKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "gradus"
    language_name = "typescript"
    file_extension = ".ts"

    code_hello_world = "console.log('hello, world')"
    code_stderr = "console.error('oops')"

    completion_samples = [
        {"text": "Math.cbr", "matches": {"cbrt"}},
        {"text": "const answer = [1, 2].len", "matches": {"length"}},
        {"text": "conso", "matches": {"console"}},
    ]
    complete_code_samples = ["1", "console.log('hi')", "function f(x: number) { return x }", "f(1);"]
    incomplete_code_samples = ["function f(", "if (true) {", "const x = [1,", "`unfinished"]
    invalid_code_samples = ["const 1 = 2", "x = = 3"]
    code_inspect_sample = "Math.sqrt"

    code_execute_result = [
        {"code": "1+2+3", "result": "6"},
        {"code": "[1, 2].map((x) => x * 2)", "result": "[ 2, 4 ]"},
    ]
    code_display_data = [
        {"code": "display(html('<b>bold</b>'))", "mime": "text/html"},
        {"code": "display(svg('<svg xmlns=\"http://www.w3.org/2000/svg\"/>'))", "mime": "image/svg+xml"},
    ]
    code_generate_error = "throw new Error('as asked')"
    code_clear_output = "clearOutput()"

    code_history_pattern = "1?2*"
    supported_history_operations = ("tail", "range", "search")


if __name__ == "__main__":
    unittest.main(verbosity=2)
