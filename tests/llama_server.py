"""llama.cpp's own server for one model file, on this machine: `python tests/llama_server.py MODEL.gguf`.

Prints its address when it listens, and ends with its standard input. Needs `pip install xllamacpp`.
"""

from __future__ import annotations

import os
import sys


def main(model: str) -> None:
    import xllamacpp

    told = xllamacpp.CommonParams()
    told.model.path = model
    told.hostnames, told.port = ["127.0.0.1"], 0
    told.offline, told.ui, told.fit_params, told.verbosity = True, False, False, 0
    told.n_ctx, told.n_parallel, told.n_gpu_layers = 4096, 1, 0
    processors = os.cpu_count() or 2
    idle = round(processors - os.getloadavg()[0]) + 1  # its threads wait by turning: more than are idle crawl
    told.cpuparams.n_threads = told.cpuparams_batch.n_threads = max(1, min(processors, idle))
    told.cache_prompt, told.cache_ram_mib = True, 0  # what prompts begin with in common is read once
    server = xllamacpp.Server(told)
    print(server.listening_address.rstrip("/") + "/v1", flush=True)
    sys.stdin.read()
    os._exit(0)  # its threads do not end by themselves


if __name__ == "__main__":
    main(sys.argv[1])
