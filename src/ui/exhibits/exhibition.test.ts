import { expect, test, vi } from 'vitest';
import { exhibitBases, exhibitConfigs } from '../../config/exhibits.ts';
import { AppError } from '../../errors.ts';
import type { ExhibitView } from '../../model/exhibit.ts';
import { WorkerClient } from '../../protocol/client.ts';
import type { ExhibitCommands } from '../../protocol/exhibits.ts';
import { type HandlersFor, serve } from '../../protocol/server.ts';
import { Exhibition } from './exhibition.ts';

const picture = () => ({ width: 1, height: 1, pixels: new Uint8ClampedArray(4) });

/** What a Worker answers, that marks each view by the place of its picture among those at hand. */
function viewOf(factors: readonly number[]): ExhibitView {
  const config = exhibitConfigs.factorVae;
  const scores = { reconstruction: 0, factorVaeMetric: 1, mig: 1 };
  return {
    about: { config, steps: 1, ...scores, latents: [], bases: exhibitBases },
    mean: Float32Array.of(exhibitBases.findIndex((base) => base.join() === factors.join())),
    reconstruction: picture(),
    values: [],
    rows: [],
  };
}

/** An exhibition and its Workers, each over a channel whose messages are cloned and transferred. */
function open(handlers: Partial<HandlersFor<ExhibitCommands>> = {}) {
  const crashes: (() => void)[] = [];
  const exhibition = new Exhibition(() => {
    const { port1, port2 } = new MessageChannel();
    serve<ExhibitCommands, never>(
      {
        postMessage: (message, transfer) => port2.postMessage(message, transfer),
        addEventListener: (_, listener) => {
          port2.onmessage = listener;
        },
      },
      {
        show: ({ factors }) => viewOf(factors),
        decode: picture,
        fetchAll: () => null,
        ...handlers,
      },
    );
    return new WorkerClient({
      postMessage: (message) => port1.postMessage(message),
      listen: (listener) => {
        port1.onmessage = ({ data }) => listener.message(data);
        crashes.push(() => listener.error());
      },
      close: () => port1.close(),
    });
  });
  exhibition.open();
  return { exhibition, crashes };
}

const state = ({ exhibition }: ReturnType<typeof open>) => exhibition.state.getState();

test('shows the picture that was chosen last', async () => {
  const opened = open();
  opened.exhibition.look(exhibitBases[1]);
  opened.exhibition.look(exhibitBases[2]);
  await vi.waitFor(() => expect(state(opened).view?.mean[0]).toBe(2));
  opened.exhibition.close();
});

test('a Worker that crashed is told of, and another one is started to try again', async () => {
  const opened = open();
  await vi.waitFor(() => expect(state(opened).view).not.toBeNull());
  opened.crashes[0]();
  expect(state(opened).error?.code).toBe('WorkerLostError.crashed');
  opened.exhibition.look(exhibitBases[3]);
  await vi.waitFor(() => expect(state(opened).view?.mean[0]).toBe(3));
  expect([state(opened).error, opened.crashes.length]).toEqual([null, 2]);
  opened.exhibition.close();
});

test('what cannot be shown is told by name, and a Worker that cannot be started too', async () => {
  const opened = open({
    show: () => {
      throw new AppError('ExhibitError');
    },
  });
  await vi.waitFor(() => expect(state(opened).error?.code).toBe('ExhibitError'));
  opened.exhibition.close();

  const none = new Exhibition(() => {
    throw new AppError('NoWorkersError');
  });
  none.open();
  await vi.waitFor(() => expect(none.state.getState().error?.code).toBe('NoWorkersError'));
});
