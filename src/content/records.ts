/** Runs that were recorded, for cells to set beside their own. */
export { moonsRecord, type Recorded } from "./records/moons.ts"
export { oddsRecord, type Odds } from "./records/odds.ts"
