import { readFileSync } from 'node:fs';

/** What `npm run train` names `folder.zip` by: src/intake/intake.test.ts. */
export const zipHash = 'f29b46fa158b8c3e82b0c06cb5ca15b0';

export interface DroppedFile {
  readonly name: string;
  readonly bytes: readonly number[];
}

/** A file of images that another program made: src/intake/fixtures. */
export function imageFile(name: string): DroppedFile {
  return { name, bytes: [...readFileSync(`src/intake/fixtures/${name}`)] };
}

/** In the page: drops a file anywhere on it. */
export function dropHere({ name, bytes }: DroppedFile): void {
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([Uint8Array.from(bytes)], name));
  window.dispatchEvent(new DragEvent('drop', { dataTransfer, cancelable: true }));
}
