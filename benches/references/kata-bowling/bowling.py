class Game:
    def __init__(self):
        self.rolls = []

    def roll(self, pins):
        if not 0 <= pins <= 10:
            raise ValueError(f"{pins} pins cannot fall")
        self.rolls.append(pins)

    def score(self):
        total, ball = 0, 0
        for _ in range(10):
            frame = self.rolls[ball : ball + 2]
            strike = frame[:1] == [10]
            counted = 3 if strike or sum(frame) == 10 else 2
            total += sum(self.rolls[ball : ball + counted])
            ball += 1 if strike else 2
        return total
