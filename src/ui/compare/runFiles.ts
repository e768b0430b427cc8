/** A file of records as it was chosen or dropped. */
export interface RunFile {
  readonly name: string;
  readonly text: string;
}

/** A folder of `npm run train` holds other JSON too; its record has this name. */
const recordName = 'run.json';

/** The texts of files; of a folder's files only the records. */
export async function chosenFiles(files: Iterable<File>): Promise<RunFile[]> {
  return readAll(
    [...files].filter(({ name, webkitRelativePath }) => webkitRelativePath === '' || name === recordName),
  );
}

/** The texts of everything dropped, folders looked through to their ends. */
export async function droppedFiles(transfer: DataTransfer): Promise<RunFile[]> {
  // Entries must be asked for before the first wait: the browser takes the drop's data away after it.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files = await Promise.all(
    entries.map(async (entry) => (isFile(entry) ? [await fileOf(entry)] : recordsBelow(entry))),
  );
  return readAll(files.flat());
}

function readAll(files: readonly File[]): Promise<RunFile[]> {
  return Promise.all(
    files.map(async (file) => ({ name: file.webkitRelativePath || file.name, text: await file.text() })),
  );
}

async function recordsBelow(entry: FileSystemEntry): Promise<File[]> {
  if (isFile(entry)) return entry.name === recordName ? [await fileOf(entry)] : [];
  if (!isFolder(entry)) return [];
  const below = await Promise.all((await entriesOf(entry)).map(recordsBelow));
  return below.flat();
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

const fileOf = (entry: FileSystemFileEntry) =>
  new Promise<File>((resolve, reject) => entry.file(resolve, reject));

/** A reader hands over a hundred entries or so at a time, and none at the end. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) =>
      reader.readEntries(resolve, reject),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}
