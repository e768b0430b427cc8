import { type ComponentType, Suspense, use } from 'react';
import { AppError } from '../errors.ts';
import { Guarded } from './Guarded.tsx';

/** The code of a view, fetched when it is first needed or before; a fetch that failed can be tried again. */
export class ViewCode {
  readonly #fetch: () => Promise<ComponentType>;
  #code: Promise<ComponentType> | null = null;

  constructor(fetch: () => Promise<ComponentType>) {
    this.#fetch = fetch;
  }

  /** @throws AppError ViewNotLoadedError, the same one until it is forgotten. */
  load(): Promise<ComponentType> {
    this.#code ??= this.#fetch().catch((cause: unknown) => {
      console.warn('A view could not be fetched:', cause);
      throw new AppError('ViewNotLoadedError', {}, { cause });
    });
    return this.#code;
  }

  /** Before another try: also of the styles that a failed fetch left without content. */
  forget(): void {
    this.#code = null;
    for (const link of document.querySelectorAll<HTMLLinkElement>('link[rel="stylesheet"]'))
      if (!link.sheet) link.replaceWith(link.cloneNode());
  }

  /** Fetches it once the page has nothing better to do, so that it is there if the server is not. */
  loadWhenIdle(): void {
    const load = () => void this.load().catch(() => this.forget());
    if (typeof requestIdleCallback === 'undefined') setTimeout(load, withoutIdleMs);
    else requestIdleCallback(load, { timeout: idleMs });
  }
}

const idleMs = 5000;
const withoutIdleMs = 1500;

/** A view whose code may have to be fetched, or cannot be. */
export function LazyView({ name, code }: { name: string; code: ViewCode }) {
  return (
    <Guarded name={name} onRetry={() => code.forget()}>
      <Suspense>
        <Loaded code={code} />
      </Suspense>
    </Guarded>
  );
}

function Loaded({ code }: { code: ViewCode }) {
  const View = use(code.load());
  return <View />;
}
