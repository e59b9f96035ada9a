// The rendering library, in one place: htm templates on Preact, with hooks and signals.
import { h, render, Fragment } from 'preact';
import { useEffect, useLayoutEffect, useMemo, useRef, useState, useCallback, useId } from 'preact/hooks';
import { signal, computed, effect, batch, useSignal, useComputed, useSignalEffect } from '@preact/signals';
import htm from 'htm';

export const html = htm.bind(h);
export {
  h, render, Fragment,
  useEffect, useLayoutEffect, useMemo, useRef, useState, useCallback, useId,
  signal, computed, effect, batch, useSignal, useComputed, useSignalEffect,
};
