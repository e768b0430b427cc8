/** What the page shows as a number is the mean of so many of the latest steps: one batch alone jumps about. */
export const recentSteps = 32;
