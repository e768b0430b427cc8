import type { ExhibitName } from '../config/exhibits.ts';
import { AppError } from '../errors.ts';
import type { ExhibitPart } from '../files/exhibit.ts';
import betaVaeDecoder from './exhibits/betaVae.decoder.safetensors?url';
import betaVaeEncoder from './exhibits/betaVae.encoder.safetensors?url';
import factorVaeDecoder from './exhibits/factorVae.decoder.safetensors?url';
import factorVaeEncoder from './exhibits/factorVae.encoder.safetensors?url';
import vaeDecoder from './exhibits/vae.decoder.safetensors?url';
import vaeEncoder from './exhibits/vae.encoder.safetensors?url';

/** Where the build put the files of the trained models. */
const urls: Readonly<Record<ExhibitName, Readonly<Record<ExhibitPart, string>>>> = {
  vae: { decoder: vaeDecoder, encoder: vaeEncoder },
  betaVae: { decoder: betaVaeDecoder, encoder: betaVaeEncoder },
  factorVae: { decoder: factorVaeDecoder, encoder: factorVaeEncoder },
};

/** @throws AppError NotLoadedError where the server has none, and what `fetch` throws. */
export async function fetchExhibitFile(name: ExhibitName, part: ExhibitPart): Promise<Uint8Array> {
  const response = await fetch(urls[name][part]);
  if (!response.ok) throw new AppError('NotLoadedError.file', { status: response.status });
  return new Uint8Array(await response.arrayBuffer());
}
