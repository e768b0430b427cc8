import { AppError } from '../errors.ts';
import { arraySource } from './arraySource.ts';
import { h5Arrays, type OpenH5 } from './h5File.ts';
import type { ImageSource } from './imageSource.ts';
import type { InputFile } from './input.ts';
import { npyArray } from './npyFile.ts';
import { npzArrays } from './npzFile.ts';
import { type FolderFile, pictureSource } from './pictureSource.ts';
import type { PictureDecoder } from './pictures.ts';
import { safetensorsArrays } from './safetensorsFile.ts';
import { wholeMember, zipMembers } from './zip.ts';

/** What readers need of where they run. */
export interface Machine {
  readonly decoder: PictureDecoder;
  readonly openH5: OpenH5;
}

/** Files that hold many images, by the ends of their names. */
const containers = ['.zip', '.npz', '.npy', '.safetensors', '.h5', '.hdf5'] as const;
type Container = (typeof containers)[number];

/**
 * The images of what a person gave: one file that holds many, or pictures, of a folder or by themselves.
 * @throws AppError that tells what cannot be read.
 */
export async function openSource(files: readonly InputFile[], machine: Machine): Promise<ImageSource> {
  const holding = files.flatMap((file) => {
    const container = containers.find((end) => file.path.toLowerCase().endsWith(end));
    return container ? [{ file, container }] : [];
  });
  const [first, second] = holding;
  if (!first) return pictureSource(files.map(folderFile), nameOf(files), machine.decoder);
  if (second) throw new AppError('IntakeError.several', { first: first.file.path, second: second.file.path });
  return containerSource(first.file, first.container, machine);
}

/** What a set is called at first: the file's name, or the folder's. */
export function nameOf(files: readonly InputFile[]): string {
  const [path = ''] = files.map(({ path }) => path);
  const [folder] = path.split('/');
  return files.length === 1 && folder === path ? path.replace(/\.[^.]+$/, '') : folder;
}

async function containerSource(
  file: InputFile,
  container: Container,
  machine: Machine,
): Promise<ImageSource> {
  const name = file.path;
  switch (container) {
    case '.zip': {
      const members = await zipMembers(file);
      const inside = members.map((member) => ({
        path: member.path,
        whole: (most: number) => wholeMember(member, most),
      }));
      return pictureSource(inside, name, machine.decoder);
    }
    case '.npz': {
      const { arrays, others } = await npzArrays(file);
      // What is wrong with the only array is worth more than that there is none.
      if (arrays.length === 0 && others.length > 0) throw others[0];
      return arraySource(arrays, name);
    }
    case '.npy':
      return arraySource([await npyArray(file)], name);
    case '.safetensors':
      return arraySource(await safetensorsArrays(file), name);
    case '.h5':
    case '.hdf5':
      return arraySource(await h5Arrays(file, machine.openH5), name);
  }
}

function folderFile(file: InputFile): FolderFile {
  return {
    path: file.path,
    whole: async (most) => {
      if (file.size > most) throw new AppError('ZipError.large', { name: file.path, most });
      return file.read(0, file.size);
    },
  };
}
