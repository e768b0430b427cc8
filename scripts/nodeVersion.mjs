/** What package.json asks for under "engines", as Vite and its plugins do. */
export const nodeRange = '^20.19.0 || >=22.12.0';

/**
 * Why this Node cannot run the project, and what to do about it; nothing when it can. Runs before anything is
 * installed and on old Nodes too, so it parses with nothing newer than they know.
 * @param {string} version such as "20.19.0"
 * @returns {string | undefined}
 */
export function nodeProblem(version) {
  const [major, minor] = version.split('.').map(Number);
  const works = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (works) return undefined;
  return (
    `This is Node ${version}; the project needs Node 20.19 or later (of the 22 series, 22.12 or later). ` +
    'Install a current one from https://nodejs.org or with your version manager, then run the command again.'
  );
}

/** Ends the program with a message where Node is too old. */
export function requireNode(version = process.versions.node) {
  const problem = nodeProblem(version);
  if (!problem) return;
  console.error(problem);
  process.exit(1);
}
