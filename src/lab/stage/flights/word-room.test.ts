import { describe, expect, it } from "vitest";
import { placeWords } from "./word-room.ts";

const room = { obstacles: [], transform: [0, 0, 1], taken: [], width: 400 } as const;

describe("room for the words of a message", () => {
  it("is beside the dot, away from the middle", () => {
    expect(placeWords(120, 100, 10, 80, room)).toEqual({ y: 100, left: 30, right: 110 });
    expect(placeWords(280, 100, 10, 80, room)).toEqual({ y: 100, left: 290, right: 370 });
  });
  it("is on the other side when a part stands there", () => {
    expect(placeWords(120, 100, 10, 80, { ...room, obstacles: [{ x: 20, y: 90, width: 60, height: 30 }] })?.left).toBe(130);
  });
  it("follows how the picture is moved and scaled", () => {
    expect(placeWords(120, 100, 10, 80, { ...room, transform: [10, 0, 0.5], obstacles: [{ x: 40, y: 190, width: 60, height: 30 }] })?.left).toBe(130);
  });
  it("is above when both sides are taken, and nowhere when all is", () => {
    const beside = [{ y: 100, left: 0, right: 400 }];
    expect(placeWords(200, 100, 10, 80, { ...room, taken: beside })).toEqual({ y: 83, left: 160, right: 240 });
    expect(placeWords(200, 100, 10, 80, { ...room, obstacles: [{ x: 0, y: 0, width: 400, height: 200 }] })).toBeUndefined();
  });
  it("never leaves the picture", () => {
    expect(placeWords(40, 100, 10, 80, room)?.left).toBe(50);
    expect(placeWords(10, 100, 10, 395, room)).toBeUndefined();
  });
});
