import type { RunConfig } from '../../config/schema.ts';
import { parseRunUrl } from '../../config/url.ts';
import { en } from '../../locale/en/index.ts';
import { fill } from '../../locale/fill.ts';
import { type KeptSet, ownSizes } from '../../protocol/ownImages.ts';
import { useSession } from '../session/context.ts';
import { discardRun } from '../session/discard.ts';
import type { Session } from '../session/session.ts';

/** Starts a run on a set, with the settings of the present one. */
export function useTrainOn(): (set: KeptSet) => void {
  const session = useSession();
  return ({ data, size, channels }) => {
    const { preset, engine } = session.run.getState();
    const config = { ...presentConfig(session), dataset: 'own', data, imageSize: size, channels } as const;
    discardRun(session, fill(en.ownImages.start, { name: data.name }), () => {
      void session.configure({ config, preset, engine });
    });
  };
}

/** The size that images are offered in: as large as those of the present run. */
export function useUsualSize(): () => KeptSet['size'] {
  const session = useSession();
  return () => ownSizes.find((size) => size === presentConfig(session).imageSize) ?? 32;
}

/** The settings of the present run. Until there is one, those that the link asks for. */
function presentConfig(session: Session): RunConfig {
  return session.currentConfig() ?? parseRunUrl(location.search, session.run.getState().preset).config;
}
