/** From what runs to what is written: the steps of a change that takes more than rendering anew. */
export * from './difference';
export * from './listener-steps';
export * from './require-formed';
export * from './step';
