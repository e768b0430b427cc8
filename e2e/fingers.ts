import type { CDPSession, Page } from '@playwright/test';

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Fingers on the screen, as the browser gets them from the system; times are told, not waited for. */
export class Fingers {
  readonly #devtools: CDPSession;
  #seconds = 0;

  constructor(devtools: CDPSession) {
    this.#devtools = devtools;
  }

  static async of(page: Page): Promise<Fingers> {
    return new Fingers(await page.context().newCDPSession(page));
  }

  async send(type: 'touchStart' | 'touchMove' | 'touchEnd' | 'touchCancel', ...touchPoints: Place[]) {
    this.#seconds = Math.max(Date.now() / 1000, this.#seconds + 0.016);
    const points = touchPoints.map((place, id) => ({ ...place, id }));
    await this.#devtools.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points,
      timestamp: this.#seconds,
    });
  }

  async slide(from: Place, to: Place): Promise<void> {
    await this.send('touchStart', from);
    const moves = 12;
    for (let i = 1; i <= moves; i++)
      await this.send('touchMove', {
        x: from.x + ((to.x - from.x) * i) / moves,
        y: from.y + ((to.y - from.y) * i) / moves,
      });
  }

  async swipe(from: Place, to: Place): Promise<void> {
    await this.slide(from, to);
    await this.send('touchEnd');
  }

  async press(at: Place, seconds: number): Promise<void> {
    await this.send('touchStart', at);
    this.#seconds += seconds;
    await this.send('touchEnd');
  }
}
