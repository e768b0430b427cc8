import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { driverChoices } from '../cli/webgpuDriver.ts';
import { wholeOption } from '../cli/wholeOption.ts';
import { type PresetName, presetNames, presets } from '../src/config/presets.ts';
import type { MatrixRate } from '../src/engines/webgpu/matrixRate.ts';
import { maxStepsPerSubmit } from '../src/engines/webgpu/planMemory.ts';
import { modelOf } from '../src/families/families.ts';
import { stepFlops } from '../src/plan/stepFlops.ts';
import { machine, openDriver, runBenchmark } from './command.ts';
import { openMatrixRate } from './matrixRate.ts';
import { median } from './median.ts';
import { oneOf } from './options.ts';
import { type Peer, type PeerName, peerNames } from './peer.ts';
import { createPeer } from './peers.ts';

/**
 * npm run bench -- [--preset tiny|quick|paper] [--peers wasm,wasm-1,plan,plan-64,tfjs-webgpu,tfjs-wasm,jax] [--driver auto|lavapipe|swiftshader]
 *                  [--rounds 5] [--json FILE]
 * Seconds a training step takes with each peer: all in one process, in turns, medians over the rounds, and ratios. Utilisation is of the best
 * matrix product of all rounds.
 */

interface Measured {
  readonly peer: PeerName;
  /** From nothing to the first step done, everything compiled. */
  readonly firstStepSeconds: number;
  readonly stepSeconds: number;
  readonly rounds: readonly number[];
  readonly figures: Readonly<Record<string, number | string>>;
}

/** All but the one whose submits last as long as the steps in it take. */
const usualPeers = peerNames.filter((name) => name !== 'plan-64');
/** A round of a peer should last about so long, in seconds: some steps, or each pays for the caches that others filled. */
const roundLength = 2;

const { values } = parseArgs({
  options: {
    preset: { type: 'string', default: 'quick' },
    peers: { type: 'string', default: usualPeers.join() },
    driver: { type: 'string', default: 'auto' },
    rounds: { type: 'string', default: '5' },
    json: { type: 'string' },
  },
});

async function seconds(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return (performance.now() - start) / 1000;
}

async function main(): Promise<void> {
  const preset: PresetName = oneOf(presetNames, values.preset, 'preset');
  const driver = oneOf(driverChoices, values.driver, 'driver');
  const names = values.peers.split(',').map((name) => oneOf(peerNames, name, 'peers'));
  const rounds = wholeOption('rounds', values.rounds, 1);
  const config = presets[preset];
  const webgpu = await openDriver(driver);
  console.log(`${preset} on ${webgpu.name}; ${machine}; ${new Date().toISOString()}`);

  const matrix = names.includes('plan') ? await openMatrixRate(webgpu) : null;
  const running: { peer: Peer; first: number; warm: number; times: number[] }[] = [];
  for (const name of names) {
    let peer: Peer | undefined;
    const first = await seconds(async () => {
      peer = await createPeer(name, config, webgpu, driver);
      await peer.train(1);
    });
    if (!peer) continue;
    const made = peer;
    const warm = await seconds(() => made.train(1));
    console.log(`${name}: first step after ${first.toFixed(2)} s`);
    running.push({ peer, first, warm, times: [] });
  }

  const rates: MatrixRate[] = [];
  for (let round = 0; round < rounds; round++) {
    for (const { peer, warm, times } of running) {
      const fitting = Math.max(1, Math.min(500, Math.round(roundLength / warm)));
      const steps = peer.name === 'plan-64' ? maxStepsPerSubmit : fitting;
      times.push((await seconds(() => peer.train(steps))) / steps);
    }
    if (matrix) rates.push(await matrix.measure());
  }

  const measured: Measured[] = running.map(({ peer, first, times }) => ({
    peer: peer.name,
    firstStepSeconds: first,
    stepSeconds: median(times),
    rounds: times,
    figures: peer.figures(),
  }));
  const flops = stepFlops(modelOf(config).plan);
  print(measured, flops, rates);
  if (values.json) {
    const result = { preset, adapter: webgpu.name, machine, date: new Date().toISOString(), flops };
    const bestProduct = rates.length > 0 ? bestOf(rates).rate : null;
    await writeFile(values.json, `${JSON.stringify({ ...result, bestProduct, peers: measured }, null, 2)}\n`);
  }
}

const bestOf = (rates: readonly MatrixRate[]) => rates.reduce((a, b) => (b.rate > a.rate ? b : a));

function print(measured: readonly Measured[], flops: number, rates: readonly MatrixRate[]): void {
  const plan = measured.find(({ peer }) => peer === 'plan');
  console.log(`a step needs ${(flops / 1e9).toFixed(3)} GFLOP`);
  for (const { peer, stepSeconds, rounds } of measured) {
    const ratio =
      plan && peer !== 'plan' ? `, plan is ${(stepSeconds / plan.stepSeconds).toFixed(2)} times as fast` : '';
    const range = `${Math.min(...rounds).toFixed(4)}-${Math.max(...rounds).toFixed(4)}`;
    const rate = `${(flops / stepSeconds / 1e9).toFixed(2)} GFLOP/s`;
    console.log(`${peer}: ${stepSeconds.toFixed(4)} s a step (${range}), ${rate}${ratio}`);
  }
  for (const { peer, figures } of measured) {
    const entries = Object.entries(figures);
    if (entries.length > 0) console.log(`${peer}:`);
    for (const [name, value] of entries)
      console.log(`  ${name}: ${typeof value === 'number' ? Number(value.toFixed(3)) : value}`);
  }
  if (!plan) return;
  const best = bestOf(rates);
  const utilisation = flops / plan.stepSeconds / best.rate;
  console.log(
    `  best matrix product: ${(best.rate / 1e9).toFixed(2)} GFLOP/s (${best.kernels}); utilisation ${utilisation.toFixed(2)}`,
  );
}

await runBenchmark(main);
