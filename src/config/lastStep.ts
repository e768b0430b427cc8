/** No run goes further: its random numbers are drawn by a step of 32 bits. */
export const lastStep = 2 ** 32 - 1;
