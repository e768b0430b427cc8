import { parseRunUrl } from '../../config/url.ts';
import { en } from '../../locale/en/index.ts';
import { fill } from '../../locale/fill.ts';
import type { KeptSet } from '../../protocol/ownImages.ts';
import { useSession } from '../session/context.ts';
import { discardRun } from '../session/discard.ts';

/** Starts a run on a set, with the settings of the present one. */
export function useTrainOn(): (set: KeptSet) => void {
  const session = useSession();
  return ({ data, size, channels }) => {
    const { preset, engine, info } = session.run.getState();
    // Where the link's run could not be made for want of these images, it is made now.
    const asked = info?.config ?? parseRunUrl(location.search, preset).config;
    const present = { ...asked, ...session.currentConfig() };
    const config = { ...present, dataset: 'own', data, imageSize: size, channels } as const;
    discardRun(session, fill(en.ownImages.start, { name: data.name }), () => {
      void session.configure({ config, preset, engine });
    });
  };
}

/** The size that images are offered in: as large as those of the present run. */
export function useUsualSize(): () => KeptSet['size'] {
  const session = useSession();
  return () => {
    const { info } = session.run.getState();
    const sizes = [16, 32, 64] as const;
    return sizes.find((size) => size === info?.config.imageSize) ?? 32;
  };
}
