import { z } from 'zod';
import type { Tiling } from '../model/tiled.ts';
import { recordBounds } from './bounds.ts';

/** A PNG in base64, by the eight bytes that every PNG begins with. */
const pngText = z
  .string()
  .max(recordBounds.pictureText, `a picture of more than ${recordBounds.pictureText} characters`)
  .regex(/^iVBORw0KGgo[A-Za-z0-9+/]*={0,2}$/, 'a picture that is no PNG in base64');

/** What is drawn of a model at one step, kept in the record of its run. */
export const keptPictureSchema = z.object({
  step: z.number().int().nonnegative(),
  /** Of tiles as large as the model's pictures. */
  png: pngText,
});
export type KeptPicture = z.infer<typeof keptPictureSchema>;

/** How its tiles lie. */
export const keptTiling: Tiling = { scale: 1, gap: 1 };

/** The picture as an address that an image can show. */
export function pictureAddress({ png }: KeptPicture): string {
  return `data:image/png;base64,${png}`;
}
