import '../autosave.ts';
