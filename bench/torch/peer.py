"""The training step in PyTorch, for the benchmark: channels last, Adam in one kernel, images made once.

    python3 peer.py CONFIG THREADS    CONFIG: a run's settings as JSON

Does as many steps as each line of its input says, and answers each with "done". "no torch" where it is not installed.
"""

import json
import sys

try:
    import torch
except ImportError:
    print("no torch", flush=True)
    sys.exit(0)

import factor_vae
import info_wgan_gp

config = json.loads(sys.argv[1])
torch.set_num_threads(int(sys.argv[2]))
size = config["imageSize"]
images = (torch.rand(config["batchSize"], config["channels"], size, size) < 0.1).float()
images = images.to(memory_format=torch.channels_last)
family = {"factorVae": factor_vae, "infoWganGp": info_wgan_gp}[config["objective"]]
step = family.step_of(config, images)

print(f"torch {torch.__version__}", flush=True)
for line in sys.stdin:
    for _ in range(int(line)):
        step()
    print("done", flush=True)
