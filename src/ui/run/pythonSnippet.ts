/** Python that loads an exported file and rebuilds encoder and decoder from it, whatever the run's settings. */
export function pythonSnippet(fileName: string): string {
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
}
