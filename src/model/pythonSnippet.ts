import type { Objective } from '../settings/scopes.ts';

/** Python that loads an exported file and rebuilds its networks, whatever the run's settings. */
export function pythonSnippet(fileName: string, objective: Objective): string {
  const networks = objective === 'infoWganGp' ? ofInfoWganGp : ofVae;
  return `import json, torch
import torch.nn.functional as F
from safetensors import safe_open

with safe_open("${fileName}", "pt") as f:
    config = json.loads(f.metadata()["config"])
    w = {name: f.get_tensor(name) for name in f.keys()}
convs = len(config["convWidths"])
side = config["imageSize"] // 2 ** convs

def layer(op, name, x, **options):
    return op(x, w[name + ".weight"], w[name + ".bias"], **options)
${networks}`;
}

const ofVae = `
def encode(x):  # [n, channels, size, size] in [0, 1] -> mean, log variance
    for i in range(convs):
        x = F.relu(layer(F.conv2d, f"encoder.conv{i}", x, stride=2, padding=1))
    x = F.relu(layer(F.linear, "encoder.dense", x.flatten(1)))
    return layer(F.linear, "encoder.latent", x).chunk(2, 1)

def decode(z):  # [n, latents] -> pixel probabilities
    x = layer(F.linear, "decoder.dense1", F.relu(layer(F.linear, "decoder.dense0", z)))
    x = x.unflatten(1, (-1, side, side))
    for i in range(convs):
        x = layer(F.conv_transpose2d, f"decoder.deconv{i}", F.relu(x), stride=2, padding=1)
    return x.sigmoid()

picture = decode(torch.zeros(1, config["latents"]))
print(picture.shape)
`;

const ofInfoWganGp = `
codes, categories, noise = config["latents"], config["categories"], config["noiseInputs"]

def leaky(x):
    return F.leaky_relu(x, 0.2)

def trunk(x):  # [n, channels, size, size] in [0, 1]
    for i in range(convs):
        x = leaky(layer(F.conv2d, f"critic.conv{i}", x, stride=2, padding=1))
    return leaky(layer(F.linear, "critic.dense", x.flatten(1)))

def encode(x):  # Q's mean of each code, [n, latents]
    q = layer(F.linear, "critic.q1", leaky(layer(F.linear, "critic.q0", trunk(x))))
    return q[:, :codes]

def score(x):
    return layer(F.linear, "critic.value", trunk(x))

def decode(c, rest=None):  # codes from -1 to 1, [n, latents] -> pixels; rest: one category, then noise
    if rest is None:
        rest = torch.zeros(len(c), categories + noise)
        if categories:
            rest[:, 0] = 1
    x = leaky(layer(F.linear, "generator.dense0", torch.cat([c, rest], 1)))
    x = leaky(layer(F.linear, "generator.dense1", x)).unflatten(1, (-1, side, side))
    for i in range(convs):
        x = layer(F.conv_transpose2d, f"generator.deconv{i}", x, stride=2, padding=1)
        x = leaky(x) if i + 1 < convs else x.sigmoid()
    return x

picture = decode(torch.zeros(1, codes))
print(picture.shape, encode(picture))
`;
