/** What a run is, as other folders know it; the settings themselves are in src/settings/table.ts. */
export {
  imageSizeStep,
  type LiveKey,
  type LiveSettings,
  liveKeys,
  liveSettingsOf,
  liveSettingsSchema,
  objectiveSchema,
  type RunConfig,
  runConfigSchema,
  runFieldsSchema,
} from '../settings/runConfig.ts';
export { type Objective, objectives } from '../settings/scopes.ts';
export type { Range } from '../settings/setting.ts';
