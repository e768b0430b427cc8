import type { ExportedFile } from '../../protocol/messages.ts';

/** Hands a file to the browser's downloads. */
export function download({ name, bytes }: ExportedFile): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads the address after this task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
