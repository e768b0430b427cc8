import type { DataShelf } from '../data/own/opened.ts';
import { ownImages } from '../files/storedImages.ts';

/** The folder of the browser's private files that has a person's own images, a file a set, named by its hash. */
export const dataFolder = 'images';

/** The sets that this browser keeps. What storage throws rejects under its own name. */
export const browserShelf: DataShelf = {
  async open(hash) {
    try {
      const root = await navigator.storage.getDirectory();
      const folder = await root.getDirectoryHandle(dataFolder);
      const file = await (await folder.getFileHandle(hash)).getFile();
      return ownImages(new Uint8Array(await file.arrayBuffer()), hash);
    } catch (thrown) {
      if (thrown instanceof DOMException && thrown.name === 'NotFoundError') return null;
      throw thrown;
    }
  },
};
