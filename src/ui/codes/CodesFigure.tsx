import type { CodesFrame } from '../../model/codesFrame.ts';
import { absent, formatCount, formatQuantity } from '../format.ts';
import { useRun } from '../session/context.ts';
import classes from './Codes.module.css';
import { ScatterCanvas } from './ScatterCanvas.tsx';
import { opinionReach } from './scatterPlace.ts';

/** Both scatters, what their colours mean, and how well they are told apart. */
export function CodesFigure({ frame }: { frame: CodesFrame | null }) {
  const reach = useRun(({ info }) => info?.can.reach ?? 3);
  const names = frame?.pair.map((latent) => `z${latent}`) ?? ['', ''];
  const [first, second] = names;
  // Before there is a frame, the model says who will judge.
  const discriminates = useRun(({ info }) => info?.can.discriminate ?? true);
  const judge = frame?.judge ?? (discriminates ? 'discriminator' : 'gaussian');
  const judged = judge === 'gaussian' ? 'A fitted Gaussian' : 'The discriminator';
  const share = frame && Math.round(100 * frame.right);
  return (
    <>
      <div className={classes.scatters}>
        <figure className={classes.figure}>
          <ScatterCanvas
            points={frame?.joint ?? null}
            opinions={frame?.jointOpinions ?? null}
            reach={reach}
            label={
              frame
                ? `${formatCount(frame.joint.length / 2)} codes, ${first} across and ${second} up, as they are. ${judged} finds them real by ${formatQuantity(meanOf(frame.jointOpinions))} nats on average.`
                : 'No codes yet'
            }
          />
          <AxisNames frame={frame} />
          <figcaption>
            <b>As they are</b> {frame && `q(${first}, ${second})`}
          </figcaption>
        </figure>
        <figure className={classes.figure}>
          <ScatterCanvas
            points={frame?.product ?? null}
            opinions={frame?.productOpinions ?? null}
            reach={reach}
            label={
              frame
                ? `The same codes with ${second} shuffled. ${judged} finds them real by ${formatQuantity(meanOf(frame.productOpinions))} nats on average.`
                : 'No codes yet'
            }
          />
          <AxisNames frame={frame} />
          <figcaption>
            <b>Shuffled</b> {frame && `q(${first}) q(${second})`}
          </figcaption>
        </figure>
      </div>
      <p className={classes.legend}>
        <span>looks shuffled</span>
        <span className={classes.ramp} aria-hidden="true" />
        <span>looks real</span>
        <span className={classes.reach}>±{formatQuantity(opinionReach, 0)} nat</span>
      </p>
      <p
        className={classes.verdict}
        data-testid="told-apart"
        data-right={frame?.right}
        data-judge={frame?.judge}
      >
        {judged} tells them apart <b>{share === null ? absent : `${share}%`}</b> of the time (guessing: 50%),
        by <b>{formatQuantity(frame?.gap ?? Number.NaN)}</b> nats.{' '}
        {judge === 'gaussian'
          ? 'This model trains no discriminator of codes, so a Gaussian with the correlation of these codes gives the colours; it sees linear dependence only.'
          : 'If you cannot tell them apart, neither can it.'}
      </p>
    </>
  );
}

function AxisNames({ frame }: { frame: CodesFrame | null }) {
  if (!frame) return null;
  const [across, up] = frame.pair;
  return (
    <>
      <span className={classes.across} aria-hidden="true">
        z{across} →
      </span>
      <span className={classes.up} aria-hidden="true">
        z{up} ↑
      </span>
    </>
  );
}

function meanOf(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
