import type { RunConfig } from '../src/config/schema.ts';
import type { Peer } from './peers.ts';

export async function createJaxPeer(_config: RunConfig): Promise<Peer> {
  throw new Error('not yet');
}
