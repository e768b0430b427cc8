"""Loads exported weights in PyTorch and compares its encoder and decoder with the trainer's.

    python3 scripts/torch_check.py WEIGHTS.safetensors CASE.safetensors

WEIGHTS is a file exported from the playground; the networks are built from the configuration in its metadata. CASE
holds what the trainer computed with them: images [count, height, width, channels] and their mean and logVariance
[count, latents]; codes [count, latents] and decoded [count, height, width, channels], as probabilities.
Prints the largest absolute difference of each as one line of JSON. Needs torch and nothing else.
"""

import json
import struct
import sys

import torch
from torch import nn

DTYPES = {'F32': torch.float32}


def load(path):
    """Tensors by name, and the metadata, of a safetensors file."""
    with open(path, 'rb') as file:
        (length,) = struct.unpack('<Q', file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    metadata = header.pop('__metadata__', {})
    tensors = {}
    for name, entry in header.items():
        start, end = entry['data_offsets']
        flat = torch.frombuffer(data[start:end], dtype=DTYPES[entry['dtype']])
        tensors[name] = flat.reshape(entry['shape'])
    return tensors, metadata


def conv_side(config):
    return config['imageSize'] // 2 ** len(config['convWidths'])


def build_encoder(config):
    layers, inputs = {}, config['channels']
    for i, width in enumerate(config['convWidths']):
        layers[f'conv{i}'] = nn.Conv2d(inputs, width, kernel_size=4, stride=2, padding=1)
        inputs = width
    layers['dense'] = nn.Linear(inputs * conv_side(config) ** 2, config['denseWidth'])
    layers['latent'] = nn.Linear(config['denseWidth'], 2 * config['latents'])
    return nn.ModuleDict(layers)


def build_decoder(config):
    widths = config['convWidths']
    layers = {
        'dense0': nn.Linear(config['latents'], config['denseWidth']),
        'dense1': nn.Linear(config['denseWidth'], widths[-1] * conv_side(config) ** 2),
    }
    inputs = widths[-1]
    for i, width in enumerate([*reversed(widths[:-1]), config['channels']]):
        layers[f'deconv{i}'] = nn.ConvTranspose2d(inputs, width, kernel_size=4, stride=2, padding=1)
        inputs = width
    return nn.ModuleDict(layers)


def fill(network, prefix, tensors):
    """Loads the tensors of one network; every name and shape has to match."""
    own = {name.removeprefix(prefix): value for name, value in tensors.items() if name.startswith(prefix)}
    network.load_state_dict(own, strict=True)


def encode(config, encoder, images):
    hidden = images
    for i in range(len(config['convWidths'])):
        hidden = torch.relu(encoder[f'conv{i}'](hidden))
    hidden = torch.relu(encoder['dense'](hidden.flatten(1)))
    return encoder['latent'](hidden).chunk(2, dim=1)


def decode(config, decoder, codes):
    hidden = torch.relu(decoder['dense0'](codes))
    hidden = torch.relu(decoder['dense1'](hidden))
    hidden = hidden.unflatten(1, (config['convWidths'][-1], conv_side(config), conv_side(config)))
    last = len(config['convWidths']) - 1
    for i in range(last + 1):
        hidden = decoder[f'deconv{i}'](hidden)
        if i < last:
            hidden = torch.relu(hidden)
    return torch.sigmoid(hidden)


@torch.no_grad()
def main(weights_path, case_path):
    weights, metadata = load(weights_path)
    config = json.loads(metadata['config'])
    encoder, decoder = build_encoder(config), build_decoder(config)
    fill(encoder, 'encoder.', weights)
    fill(decoder, 'decoder.', weights)

    case, _ = load(case_path)
    channels_first = (0, 3, 1, 2)
    mean, log_variance = encode(config, encoder, case['images'].permute(channels_first))
    decoded = decode(config, decoder, case['codes'])

    def difference(mine, theirs):
        return float((mine - theirs).abs().max())

    print(
        json.dumps(
            {
                'mean': difference(mean, case['mean']),
                'logVariance': difference(log_variance, case['logVariance']),
                'decoded': difference(decoded, case['decoded'].permute(channels_first)),
            }
        )
    )


if __name__ == '__main__':
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(sys.argv[1], sys.argv[2])
