import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './process.mjs';

/** @typedef {{ name: string, version: string, licence: string, texts: string[] }} Licensed */
/**
 * @typedef {{ version: string, license?: string, dev?: boolean, devOptional?: boolean, optional?: boolean }} Entry
 */

export const licencesFile = 'licenses.txt';

/**
 * The packages that may be in the built page, with their terms: all that the dependencies of package.json bring
 * along.
 * @returns {Licensed[]} by name
 */
function licensedPackages() {
  /** @type {{ packages: Record<string, Entry> }} */
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  return Object.entries(packages)
    .filter(([path, entry]) => path !== '' && !entry.dev && !entry.devOptional && !entry.optional)
    .map(([path, { version, license }]) => ({
      name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license ?? 'no licence named',
      texts: textsIn(join(root, path)),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** @param {string} folder */
function textsIn(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .sort()
    .map((file) => readFileSync(join(folder, file), 'utf8').trim());
}

/**
 * The project's licence and those of all that the page is built from, for people to read. A package that names its
 * licence but brings no copy is listed with that name; the words are those of the others that have it.
 * @returns {string}
 */
export function licencesText() {
  const own = readFileSync(join(root, 'LICENSE'), 'utf8').trim();
  const parts = licensedPackages().map(({ name, version, licence, texts }) =>
    [`${name} ${version}: ${licence}`, ...texts].join('\n\n'),
  );
  const line = `\n\n${'-'.repeat(80)}\n\n`;
  return `${[`FactorVAE playground\n\n${own}`, 'It contains parts of these packages.', ...parts].join(line)}\n`;
}

/**
 * Puts the licences beside the page, built or served for development.
 * @returns {import('vite').Plugin}
 */
export function licences() {
  return {
    name: 'licences',
    configureServer({ middlewares }) {
      middlewares.use(`/${licencesFile}`, (_request, response) => {
        response.setHeader('Content-Type', 'text/plain; charset=utf-8');
        response.end(licencesText());
      });
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: licencesFile, source: licencesText() });
    },
  };
}
