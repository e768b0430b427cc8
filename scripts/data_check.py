"""Reads what `npm run data -- export` writes, with numpy alone, and prints what is there as JSON.

    python3 data_check.py FILE.npz
"""
import json, sys
import numpy as np

file = np.load(sys.argv[1])
print(json.dumps({
    name: {
        'type': array.dtype.str,
        'shape': array.shape,
        'least': array.min().item(),
        'most': array.max().item(),
        'first': array[0].ravel()[:3].tolist(),
    }
    for name, array in ((name, file[name]) for name in file.files)
}))
