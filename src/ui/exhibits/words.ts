import type { ExhibitName } from '../../config/exhibits.ts';

/** What each model is called, and what to look for in its rows. */
export const exhibitWords: Readonly<Record<ExhibitName, { readonly name: string; readonly text: string }>> = {
  vae: {
    name: 'Plain VAE',
    text: 'Nothing asks for independent numbers, so rows mix: a shape grows as it moves.',
  },
  betaVae: {
    name: 'beta-VAE',
    text: 'beta penalises all information in the code. Rows are tidier but still mix, and small shapes vanish.',
  },
  factorVae: {
    name: 'FactorVAE',
    text: 'gamma penalises only dependence between the numbers. Each row changes one thing: size, x, y or shape.',
  },
};
