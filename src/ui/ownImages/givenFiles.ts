import type { GivenFile } from '../../protocol/ownImages.ts';

/** Files that a person chose; of a folder with their paths in it. */
export function chosenImages(files: readonly File[]): GivenFile[] {
  return files.map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/** Files and folders that a person dropped. It must be called in the event itself: later they are gone. */
export async function droppedImages(transfer: DataTransfer): Promise<GivenFile[]> {
  const items = Array.from(transfer.items, (item) => ({
    entry: item.webkitGetAsEntry(),
    file: item.getAsFile(),
  }));
  const given: GivenFile[] = [];
  for (const { entry, file } of items)
    if (entry && isFolder(entry)) await collect(entry, given);
    // Its entry could be asked too, but WebKit gives none that can be read for what no folder has.
    else if (file) given.push({ file, path: file.name });
  return given;
}

async function collect(entry: FileSystemEntry, into: GivenFile[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, '');
  if (isFile(entry)) into.push({ file: await fileOf(entry), path });
  else if (isFolder(entry)) {
    const reader = entry.createReader();
    // A reader gives a hundred at a time, and none at the end.
    for (;;) {
      const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
        reader.readEntries(resolve, reject),
      );
      if (some.length === 0) return;
      for (const one of some) await collect(one, into);
    }
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

function fileOf(entry: FileSystemFileEntry): Promise<File> {
  return new Promise((resolve, reject) => entry.file(resolve, reject));
}
