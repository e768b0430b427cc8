import { describe, expect, test } from 'vitest';
import { presets } from '../config/presets.ts';
import type { RunConfig } from '../config/schema.ts';
import { createReferenceTrainer } from '../engines/reference/createReferenceTrainer.ts';
import { vaeModel } from '../families/vae/model.ts';
import { accessesOf } from '../plan/accesses.ts';
import { checkOperation } from '../plan/check.ts';
import { checkModel } from '../plan/checkModel.ts';
import type { Operation } from '../plan/operations.ts';
import type { Plan } from '../plan/program.ts';
import { rowsOf, type Slot } from '../plan/slots.ts';
import { twoHeadsModel } from './twoHeads/model.ts';

const { plan } = vaeModel({ ...presets.tiny, convWidths: [4, 6], denseWidth: 10, latents: 3 });
const all: readonly Operation[] = [
  ...plan.step.flatMap(({ draw, operations }) => [...draw, ...operations]),
  ...(plan.encode?.operations ?? []),
  ...(plan.decode?.operations ?? []),
];

function first<Kind extends Operation['kind']>(kind: Kind): Extract<Operation, { kind: Kind }> {
  const found = all.find(
    (operation): operation is Extract<Operation, { kind: Kind }> => operation.kind === kind,
  );
  if (!found) throw new Error(`no ${kind}`);
  return found;
}

/** What a family could get past the compiler: slots found by name have lost their role's type. */
const named = (name: string): Slot<never> => {
  const slot: Slot | undefined = plan.slots.find((each) => each.name === name);
  if (!slot) throw new Error(`no slot ${name}`);
  return JSON.parse(JSON.stringify({ name }), () => slot);
};

describe('a plan of FactorVAE', () => {
  test('passes its own check, and names what every operation touches', () => {
    for (const operation of all) {
      expect(() => checkOperation(operation, plan)).not.toThrow();
      if (operation.kind !== 'adam') expect(accessesOf(operation).length).toBeGreaterThan(0);
    }
  });

  test('is written as it always was', () => {
    const words = plan.step
      .flatMap(({ draw, operations }) => [...draw, ...operations])
      .map(({ kind }) => kind);
    expect(words.join(' ')).toMatchInlineSnapshot(
      `"drawImages drawRandomness forward forward forward forward reparameterise forward forward forward forward reconstructionLoss forward forward forward forward logitDifferenceGradient gradientByInput gradientByInput gradientByInput gradientByParameters gradientByInput gradientByParameters gradientByInput gradientByParameters gradientByInput gradientByParameters gradientByInput reparameteriseGradient gradientByParameters gradientByInput gradientByParameters gradientByInput gradientByParameters gradientByInput gradientByParameters adam forward forward forward forward sampleAndPermute forward forward forward forward discriminatorLoss metrics gradientByParameters gradientByInput gradientByParameters gradientByInput gradientByParameters gradientByInput gradientByParameters adam"`,
    );
  });
});

describe('what does not fit is refused by name', () => {
  const reparameterise = first('reparameterise');
  const forward = first('forward');
  const cases: [string, Operation, RegExp][] = [
    [
      'noise and KL terms exchanged: the same shape and type',
      { ...reparameterise, noise: named('divergence'), divergence: named('noise1') },
      /reparameterise: noise is "divergence", which holds divergence/,
    ],
    [
      'images where codes belong',
      { ...reparameterise, codes: rowsOf(named('batch1')) },
      /codes is "batch1", which holds images/,
    ],
    [
      'the logits of another network',
      { ...first('reconstructionLoss'), logits: named('encoder.latent') },
      /images is "batch1" of/,
    ],
    [
      'a group that is not there',
      { ...reparameterise, codes: rowsOf(named('codes'), 2) },
      /group 2 of "codes"/,
    ],
    ['a layer with the input of another', { ...forward, input: rowsOf(named('codes'), 0) }, /forward: input/],
    ['too many rows', { ...reparameterise, codes: rowsOf(named('codes')) }, /rows/],
    ['an unknown optimiser', { kind: 'adam', optimiser: 'critic' }, /"critic" is no optimiser/],
    ['an unknown live value', { ...first('reparameteriseGradient'), klWeight: 'delta' }, /"delta" is none/],
    ['an unknown live column', { kind: 'metrics', columns: [{ kind: 'live', name: 'delta' }] }, /"delta"/],
    [
      'a layer of another model',
      { ...forward, layer: { ...forward.layer } },
      /encoder.conv0 is no layer of this plan/,
    ],
    [
      'a slot of another plan',
      { ...first('pixelProbabilities'), logits: { ...first('pixelProbabilities').logits } },
      /is no slot of this plan/,
    ],
  ];
  test.each(cases)('%s', (_, operation, message) => {
    expect(() => checkOperation(operation, plan)).toThrow(message);
  });

  test('roles are types: the compiler refuses what is exchanged', () => {
    const { noise, divergence } = reparameterise;
    // @ts-expect-error noise and KL terms have one shape, but not one role
    const exchanged: Operation = { ...reparameterise, noise: divergence, divergence: noise };
    expect(() => checkOperation(exchanged, plan)).toThrow();
  });

  test('an optimiser without layers of the plan’s own', () => {
    const other: Plan = { ...plan, optimisers: [] };
    expect(() => checkOperation(first('gradientByParameters'), other)).toThrow(/no optimiser trains/);
  });
});

describe('a step draws only what it needs', () => {
  const { tiny } = presets;
  const drawn = (config: Partial<RunConfig>) =>
    vaeModel({ ...tiny, ...config })
      .plan.step.flatMap(({ draw }) => draw.flatMap(accessesOf))
      .map(({ rows }) => rows.slot.name);
  test.each([
    [{}, ['batch1', 'batch2', 'noise1', 'noise2', 'permutation']],
    [{ permutedBatch: 'first' }, ['batch1', 'noise1', 'permutation']],
    [{ objective: 'betaVae' }, ['batch1', 'noise1']],
    [{ objective: 'betaVae', permutedBatch: 'first' }, ['batch1', 'noise1']],
  ] as const)('%o', (config, names) => {
    expect(drawn(config)).toEqual(names);
  });
});

describe('a model says of itself what its plan does', () => {
  const model = twoHeadsModel({ seed: 1, batch: 4, latents: 3, width: 5 });
  test('as it stands', () => {
    expect(() => checkModel(model)).not.toThrow();
  });

  test.each<[string, Partial<typeof model>, RegExp]>([
    ['a column too many', { columns: [...model.columns, model.columns[0]] }, /has 9 columns.* measures 8/],
    ['an encoder unsaid', { can: { ...model.can, encode: false } }, /encode: false, in the plan: true/],
    ['no decoder', { can: { ...model.can, traverse: true } }, /traverse: true, in the plan: false/],
    [
      'no discriminator',
      { can: { ...model.can, discriminate: false } },
      /discriminate: false, in the plan: true/,
    ],
    ['half a way', { can: { ...model.can, reconstruct: true } }, /encode and decode/],
  ])('engines refuse %s', (_, parts, problem) => {
    expect(() => createReferenceTrainer({ ...model, ...parts })).toThrow(problem);
  });
});
