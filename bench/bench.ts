import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openNodeWasm } from '../cli/wasmEngine.ts';
import { driverChoices } from '../cli/webgpuDriver.ts';
import { wholeOption } from '../cli/wholeOption.ts';
import { type PresetName, presetNames, presets } from '../src/config/presets.ts';
import { wasmProductRate } from '../src/engines/wasm/productRate.ts';
import type { PlanOptions } from '../src/engines/webgpu/createPlanTrainer.ts';
import type { MatrixRate } from '../src/engines/webgpu/matrixRate.ts';
import { maxStepsPerSubmit } from '../src/engines/webgpu/planMemory.ts';
import { modelOf } from '../src/families/families.ts';
import { stepFlops } from '../src/plan/stepFlops.ts';
import { objectives } from '../src/settings/scopes.ts';
import { machine, openDriver, runBenchmark } from './command.ts';
import { openMatrixRate } from './matrixRate.ts';
import { median } from './median.ts';
import { oneOf } from './options.ts';
import { type Peer, type PeerName, peerNames } from './peer.ts';
import { createPeer } from './peers.ts';

/**
 * npm run bench -- [--preset tiny|quick|paper] [--objective factorVae|betaVae|infoWganGp]
 *                  [--driver auto|lavapipe|swiftshader] [--rounds 5] [--busy 0]
 *                  [--peers wasm,wasm-1,plan,plan-64,tfjs-webgpu,tfjs-wasm,torch,torch-1,jax] [--tiles MS]
 *                  [--json FILE]
 * Seconds a training step takes with each peer, in turns, medians over the rounds, and ratios to the plan and
 * wasm. The plan's utilisation is of the best matrix product of all rounds, that of wasm-1 of the module's own
 * product. `--busy` keeps so many processes busy beside; `--tiles` has the plan measure the tiles of real GPUs
 * for so many ms, on whatever driver. PyTorch takes part where python3 has torch.
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
/** A round of a peer should last about so long, in seconds: a lone step pays for the caches that others filled. */
const roundLength = 2;

const { values } = parseArgs({
  options: {
    preset: { type: 'string', default: 'quick' },
    objective: { type: 'string', default: 'factorVae' },
    peers: { type: 'string', default: usualPeers.join() },
    driver: { type: 'string', default: 'auto' },
    rounds: { type: 'string', default: '5' },
    busy: { type: 'string', default: '0' },
    tiles: { type: 'string' },
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
  const config = { ...presets[preset], objective: oneOf(objectives, values.objective, 'objective') };
  const planOptions: PlanOptions =
    values.tiles === undefined ? {} : { kernels: { measureMs: wholeOption('tiles', values.tiles, 0) } };
  const webgpu = await openDriver(driver);
  console.log(`${config.objective}, ${preset} on ${webgpu.name}; ${machine}; ${new Date().toISOString()}`);

  const matrix = names.includes('plan') ? await openMatrixRate(webgpu) : null;
  const running: { peer: Peer; first: number; warm: number; times: number[] }[] = [];
  for (const name of names) {
    const start = performance.now();
    const peer = await createPeer(name, config, webgpu, driver, planOptions);
    if (!peer) {
      console.log(`${name}: left out, it is not installed or has no such step`);
      continue;
    }
    await peer.train(1);
    const first = (performance.now() - start) / 1000;
    const warm = await seconds(() => peer.train(1));
    console.log(`${name}: first step after ${first.toFixed(2)} s`);
    running.push({ peer, first, warm, times: [] });
  }

  const own = names.includes('wasm-1') ? await openNodeWasm(1) : null;
  const ownRates: number[] = [];
  const rates: MatrixRate[] = [];
  const stopBusy = keepBusy(wholeOption('busy', values.busy, 0));
  for (let round = 0; round < rounds; round++) {
    for (const { peer, warm, times } of running) {
      const fitting = Math.max(1, Math.min(500, Math.round(roundLength / warm)));
      const steps = peer.name === 'plan-64' ? maxStepsPerSubmit : fitting;
      times.push((await seconds(() => peer.train(steps))) / steps);
    }
    if (matrix) rates.push(await matrix.measure());
    if (own) ownRates.push(await wasmProductRate(own));
  }
  stopBusy();

  const measured: Measured[] = running.map(({ peer, first, times }) => ({
    peer: peer.name,
    firstStepSeconds: first,
    stepSeconds: median(times),
    rounds: times,
    figures: peer.figures(),
  }));
  const flops = stepFlops(modelOf(config).plan);
  const ownProduct = own ? Math.max(...ownRates) : null;
  print(measured, flops, rates, ownProduct);
  if (values.json) {
    const result = {
      preset,
      objective: config.objective,
      adapter: webgpu.name,
      machine,
      date: new Date().toISOString(),
      flops,
    };
    const bestProduct = rates.length > 0 ? bestOf(rates).rate : null;
    await writeFile(
      values.json,
      `${JSON.stringify({ ...result, bestProduct, ownProduct, peers: measured }, null, 2)}\n`,
    );
  }
}

const bestOf = (rates: readonly MatrixRate[]) => rates.reduce((a, b) => (b.rate > a.rate ? b : a));

/** Processes that do nothing but take a core each. They end with this one, however it ends. */
function keepBusy(count: number): () => void {
  const code = 'const parent = process.ppid; while (process.ppid === parent);';
  const children = Array.from({ length: count }, () => spawn(process.execPath, ['-e', code]));
  return () => {
    for (const child of children) child.kill('SIGKILL');
  };
}

/** How many times as fast as a peer each of the two engines is that the playground has. */
function ratios(peer: PeerName, stepSeconds: number, measured: readonly Measured[]): string {
  return measured
    .filter(({ peer: ours }) => ours !== peer && ['plan', 'wasm', 'wasm-1'].includes(ours))
    .map((ours) => `, ${ours.peer} is ${(stepSeconds / ours.stepSeconds).toFixed(2)} times as fast`)
    .join('');
}

function print(
  measured: readonly Measured[],
  flops: number,
  rates: readonly MatrixRate[],
  ownProduct: number | null,
): void {
  const plan = measured.find(({ peer }) => peer === 'plan');
  const wasm = measured.find(({ peer }) => peer === 'wasm-1');
  console.log(`a step needs ${(flops / 1e9).toFixed(3)} GFLOP`);
  for (const { peer, stepSeconds, rounds } of measured) {
    const range = `${Math.min(...rounds).toFixed(4)}-${Math.max(...rounds).toFixed(4)}`;
    const rate = `${(flops / stepSeconds / 1e9).toFixed(2)} GFLOP/s`;
    console.log(
      `${peer}: ${stepSeconds.toFixed(4)} s a step (${range}), ${rate}${ratios(peer, stepSeconds, measured)}`,
    );
  }
  for (const { peer, figures } of measured) {
    const entries = Object.entries(figures);
    if (entries.length > 0) console.log(`${peer}:`);
    for (const [name, value] of entries)
      console.log(`  ${name}: ${typeof value === 'number' ? Number(value.toFixed(3)) : value}`);
  }
  if (wasm && ownProduct) {
    const utilisation = flops / wasm.stepSeconds / ownProduct;
    console.log(
      `  wasm-1's own product: ${(ownProduct / 1e9).toFixed(2)} GFLOP/s; utilisation ${utilisation.toFixed(2)}`,
    );
  }
  if (!plan) return;
  const best = bestOf(rates);
  const utilisation = flops / plan.stepSeconds / best.rate;
  console.log(
    `  best matrix product: ${(best.rate / 1e9).toFixed(2)} GFLOP/s (${best.kernels}); utilisation ${utilisation.toFixed(2)}`,
  );
}

await runBenchmark(main);
