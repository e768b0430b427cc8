import { recordBounds } from '../../record/bounds.ts';
import { type ErrorReport, errorReport } from '../../report.ts';
import { formatCount } from '../format.ts';

/** What files that were chosen or dropped hold. */
export interface RunFiles {
  readonly texts: readonly { readonly name: string; readonly text: string }[];
  /** A sentence for each file that could not be read. */
  readonly problems: readonly ErrorReport[];
}

/** A folder of `npm run train` holds other JSON too; its record has this name. */
const recordName = 'run.json';

/** The texts of files; of a folder's files only the records. */
export async function chosenFiles(files: Iterable<File>): Promise<RunFiles> {
  return readAll(
    [...files].filter(({ name, webkitRelativePath }) => webkitRelativePath === '' || name === recordName),
  );
}

/** The texts of everything dropped, folders looked through to their ends. */
export async function droppedFiles(transfer: DataTransfer): Promise<RunFiles> {
  // Entries must be asked for before the first wait: the browser takes the drop's data away after it.
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const files = await Promise.all(
    entries.map(async (entry) => (isFile(entry) ? [await fileOf(entry)] : recordsBelow(entry))),
  );
  return readAll(files.flat());
}

async function readAll(files: readonly File[]): Promise<RunFiles> {
  const problems: ErrorReport[] = [];
  const read = files.map(async (file) => {
    const name = file.webkitRelativePath || file.name;
    if (file.size > recordBounds.fileBytes) {
      const most = formatCount(recordBounds.fileBytes / 2 ** 20);
      problems.push(errorReport('RunFileError.tooLarge', { name, most }));
      return [];
    }
    try {
      return [{ name, text: await file.text() }];
    } catch {
      problems.push(errorReport('RunFileError.unreadable', { name }));
      return [];
    }
  });
  return { texts: (await Promise.all(read)).flat(), problems };
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
