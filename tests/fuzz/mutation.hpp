#pragma once

#include <boost/json/value.hpp>

#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace polar_flow::testing {

using random_engine = std::mt19937_64;

/// A number below `bound`, the same on every machine.
std::size_t pick(random_engine& random, std::size_t bound);

/// Changes a few bytes of `text`: flips, cuts, repeats, and pieces of JSON in wrong places.
void mutate_bytes(std::string& text, random_engine& random);

/// Changes a few values of `document`: other types, extreme numbers, members that are removed,
/// renamed, doubled or moved.
void mutate_structure(boost::json::value& document, random_engine& random);

/// Every value in `document`, itself first.
std::vector<boost::json::value*> all_values(boost::json::value& document);

/// What a fuzzer was told through its environment.
struct fuzz_plan {
  std::uint64_t seed = 0;
  std::uint64_t rounds = 0;
};

/// `POLAR_FLOW_SEED` or a fixed seed; `long_rounds` with `POLAR_FLOW_LONG=1`. Prints the seed.
fuzz_plan read_fuzz_plan(std::uint64_t rounds, std::uint64_t long_rounds);

} // namespace polar_flow::testing
