"""The training step in PyTorch, for the benchmark: channels last, Adam in one kernel, images made once.

    python3 torch_peer.py CONFIG THREADS    CONFIG: a run's settings as JSON

Does as many steps as each line of its input says, and answers each with "done". "no torch" where it is not installed.
"""

import json
import sys

try:
    import torch
    from torch import nn
    from torch.nn import functional
except ImportError:
    print("no torch", flush=True)
    sys.exit(0)

config = json.loads(sys.argv[1])
torch.set_num_threads(int(sys.argv[2]))
batch, latents = config["batchSize"], config["latents"]
widths, dense_width = config["convWidths"], config["denseWidth"]
side = config["imageSize"] >> len(widths)
flat = side * side * widths[-1]


def encoder():
    layers, channels = [], config["channels"]
    for width in widths:
        layers += [nn.Conv2d(channels, width, 4, 2, 1), nn.ReLU()]
        channels = width
    return nn.Sequential(
        *layers, nn.Flatten(), nn.Linear(flat, dense_width), nn.ReLU(), nn.Linear(dense_width, 2 * latents)
    )


def decoder():
    layers = [nn.Linear(latents, dense_width), nn.ReLU(), nn.Linear(dense_width, flat), nn.ReLU()]
    layers.append(nn.Unflatten(1, (widths[-1], side, side)))
    outputs = [*reversed(widths[:-1]), config["channels"]]
    channels = widths[-1]
    for i, width in enumerate(outputs):
        layers.append(nn.ConvTranspose2d(channels, width, 4, 2, 1))
        if i < len(outputs) - 1:
            layers.append(nn.ReLU())
        channels = width
    return nn.Sequential(*layers)


def discriminator():
    layers, inputs = [], latents
    for _ in range(config["discriminatorDepth"]):
        layers += [nn.Linear(inputs, config["discriminatorWidth"]), nn.LeakyReLU(0.2)]
        inputs = config["discriminatorWidth"]
    return nn.Sequential(*layers, nn.Linear(inputs, 2))


encode = encoder().to(memory_format=torch.channels_last)
decode = decoder().to(memory_format=torch.channels_last)
discriminate = discriminator()
vae_adam = torch.optim.Adam(
    [*encode.parameters(), *decode.parameters()], config["learningRate"], config["adamBetas"], fused=True
)
discriminator_adam = torch.optim.Adam(
    discriminate.parameters(), config["discriminatorLearningRate"], config["discriminatorAdamBetas"], fused=True
)
size = config["imageSize"]
images = (torch.rand(batch, config["channels"], size, size) < 0.1).float()
images = images.to(memory_format=torch.channels_last)
zeros, ones = torch.zeros(batch, dtype=torch.long), torch.ones(batch, dtype=torch.long)


def sample(x):
    mean, log_variance = encode(x).chunk(2, 1)
    return mean, log_variance, mean + torch.exp(0.5 * log_variance) * torch.randn_like(mean)


def step():
    mean, log_variance, z = sample(images)
    reconstruction = functional.binary_cross_entropy_with_logits(decode(z), images, reduction="sum") / batch
    divergence = 0.5 * (mean.square() + log_variance.exp() - 1 - log_variance).sum(1).mean()
    discriminate.requires_grad_(False)
    logits = discriminate(z)
    total_correlation = (logits[:, 0] - logits[:, 1]).mean()
    discriminate.requires_grad_(True)
    vae_adam.zero_grad()
    (reconstruction + config["beta"] * divergence + config["gamma"] * total_correlation).backward()
    vae_adam.step()

    with torch.no_grad():
        other = z if config["permutedBatch"] == "first" else sample(images)[2]
        permuted = torch.stack([column[torch.randperm(batch)] for column in other.T], 1)
    discriminator_adam.zero_grad()
    joint = functional.cross_entropy(discriminate(z.detach()), zeros)
    product = functional.cross_entropy(discriminate(permuted), ones)
    (0.5 * (joint + product)).backward()
    discriminator_adam.step()


print(f"torch {torch.__version__}", flush=True)
for line in sys.stdin:
    for _ in range(int(line)):
        step()
    print("done", flush=True)
