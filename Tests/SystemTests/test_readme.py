"""The README's example, run as it stands there."""

import re
import subprocess
import sys
import threading

from onrecord import ROOT, eventually, last


def test_the_example_client_prints_who_said_what(site, tmp_path):
    [example] = re.findall(r"```python\n(.*?)```", (ROOT / "README.md").read_text(), re.DOTALL)
    client = tmp_path / "client.py"
    client.write_text(example.replace("tcp://127.0.0.1:5566", site.res))
    site.producer("--watch").wait_for("ready")
    site.analyzer().wait_for("ready")
    with subprocess.Popen([sys.executable, client], stdout=subprocess.PIPE, text=True) as process:
        try:
            lines = []
            threading.Thread(target=lambda: [lines.append(line) for line in process.stdout], daemon=True).start()
            count = 0

            def has_shown():
                # A plain subscriber sees what comes after its subscription, so articles come one after the other until it has
                # seen one.
                nonlocal count
                if last(site.res_control, "res") == count:
                    site.write(count)
                    count += 1
                return any("Mira Kolar (statement): “We will open" in line for line in lines)

            eventually(has_shown, "a quote printed by the example")
        finally:
            process.kill()
