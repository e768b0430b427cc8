import { Button } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import { type ErrorReport, reportOf } from '../../errors.ts';
import { word } from '../../locale/word.ts';
import { Banner } from '../Banner.tsx';
import { formatCount } from '../format.ts';
import { useSides } from '../sides/context.ts';
import { discardUnkept } from '../sides/unkept.ts';
import { viewAddress } from '../view.ts';
import { useKeptRuns } from './context.ts';
import { isKept, type Offer } from './recovery.ts';

/** More are in the Compare view. */
const most = 2;

/** Runs that were under way when their page ended, to go on with. */
export function RecoveryBanners() {
  const { recovery } = useKeptRuns();
  const offers = useStore(recovery.state, (state) => state.offers);
  return offers.slice(0, most).map((offer) => <OfferBanner key={offer.runs[0].key} offer={offer} />);
}

function OfferBanner({ offer }: { offer: Offer }) {
  const sides = useSides();
  const { recovery, shelf } = useKeptRuns();
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ErrorReport | null>(null);
  const [run] = offer.runs;
  const kept = offer.runs.every(isKept);

  async function goOn() {
    setBusy(true);
    setFailure(null);
    try {
      const requests = await recovery.take(offer);
      await sides.goOn(requests);
      const { A, B } = sides.state.getState();
      if (A.origin?.id !== run.key) return recovery.release(offer);
      recovery.settle(offer);
      location.hash = B ? viewAddress.sideBySide : viewAddress.train;
    } catch (thrown) {
      recovery.release(offer);
      setFailure(reportOf(thrown));
    } finally {
      setBusy(false);
    }
  }

  const { A, B } = sides.state.getState();
  return (
    <Banner
      tone="plain"
      name="recovery"
      title={offer.runs.length > 1 ? 'Two runs were interrupted.' : 'A run was interrupted.'}
      actions={
        <>
          <Button
            size="compact-sm"
            loading={busy}
            onClick={() =>
              discardUnkept([A, B], shelf, `Continue from step ${formatCount(run.step)}`, () => void goOn())
            }
          >
            Continue from step {formatCount(run.step)}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            disabled={busy}
            onClick={() => void recovery.decline(offer)}
          >
            {kept ? 'Not now' : 'Discard it'}
          </Button>
        </>
      }
    >
      {offer.runs.map(({ record }) => `“${record.name}”`).join(' and ')}, saved {ago(run.savedAt)}.
      {kept &&
        (offer.runs.length > 1
          ? ' They stay in the Compare view if you do not continue.'
          : ' It stays in the Compare view if you do not continue.')}
      {failure && ` ${word(failure)}`}
    </Banner>
  );
}

function ago(time: number): string {
  const minutes = Math.floor((Date.now() - time) / 60_000);
  if (minutes < 1) return 'less than a minute ago';
  if (minutes < 60) return `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} ago`;
  return new Date(time).toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
