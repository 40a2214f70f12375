/** Words of everyday, the most frequent first. */
export const everydayWords: readonly string[] = (
  "the of and to a in is it that for you was with on as are at be this have from or had by not but what all were when we " +
  "there can an your which their if will each about how up out them then she many some so these would other into has more " +
  "two like him see time could no make than first been its who now people my made over did down only way find use may long " +
  "little very after words called just where most know get through back much before good new write our me man too any day " +
  "same right look think also around another came come work three because does part even place well such here take why help " +
  "put different away again off went old number great tell say small every found still between name should home big give air " +
  "line set own under read last never us left end along while might next sound below saw something thought both few those"
).split(" ");

/** Words of each invented topic. No group of this name ever was. */
export const topics: Readonly<Record<string, readonly string[]>> = {
  "craft.carpentry": list(
    "plank saw dovetail chisel plane oak sanding glue joint bench hinge veneer clamp drawer",
  ),
  "craft.knitting": list(
    "yarn needle stitch purl wool sleeve pattern skein cuff scarf mitten row gauge cable",
  ),
  "craft.pottery": list(
    "clay kiln glaze wheel bowl vase firing slip porcelain mug handle stoneware throwing rim",
  ),
  "food.baking": list(
    "dough flour yeast oven crust loaf sourdough butter knead crumb rye bagel sugar rising",
  ),
  "food.cheese": list("cheddar curd rind milk brine goat gouda mould cellar ripening rennet whey dairy brie"),
  "food.coffee": list(
    "espresso roast bean grinder crema filter barista foam arabica brew cup aroma pour decaf",
  ),
  "game.chess": list(
    "rook bishop knight pawn castling gambit opening endgame checkmate board clock queen tempo fork",
  ),
  "game.puzzles": list(
    "jigsaw riddle crossword maze clue solver tile sudoku grid hint cipher piece logic answer",
  ),
  "music.drums": list(
    "snare cymbal beat rhythm stick groove tempo bass tom roll pedal drummer shuffle hihat",
  ),
  "music.violin": list(
    "bow string bridge rosin concerto fiddle scale vibrato chin orchestra sonata tuning peg fret",
  ),
  "nature.bees": list(
    "hive honey queen swarm nectar comb pollen drone beekeeper smoke wax colony frame brood",
  ),
  "nature.birds": list(
    "feather nest wing robin song migration beak owl heron flock egg binoculars hawk finch",
  ),
  "nature.garden": list(
    "seed soil tomato compost rose pruning weed spade bulb hedge greenhouse lawn mulch bean",
  ),
  "sky.stars": list(
    "telescope galaxy orbit planet comet nebula eclipse lens moon meteor constellation dwarf light mars",
  ),
  "sky.weather": list(
    "rain cloud storm forecast wind thunder snow pressure drizzle frost humidity fog front hail",
  ),
  "sport.cycling": list(
    "bicycle gear pedal saddle helmet tyre climb sprint chain brake peloton wheel route spoke",
  ),
  "sport.swimming": list(
    "pool lane goggles stroke dive butterfly lap coach water float medley sprint breath turn",
  ),
  "travel.maps": list(
    "compass contour scale atlas route legend border survey grid globe north chart village trail",
  ),
  "travel.sailing": list(
    "mast sail harbour anchor keel wind rudder knot deck tide buoy captain rope regatta",
  ),
  "travel.trains": list(
    "locomotive station platform ticket rail signal carriage tunnel conductor timetable track bridge steam express",
  ),
};

function list(words: string): readonly string[] {
  return words.split(" ");
}
