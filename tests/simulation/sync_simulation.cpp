// Lives through weeks of syncing in virtual time: the real queue, the real budget and its slices,
// and the real plan's cost, against a model of Polar's two windows.
// Usage: sync_simulation [--long] [--seed N]

#include "tests/simulation/world.hpp"

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace {

using polar_flow::simulation::scenario;

std::vector<scenario> usual_scenarios(std::uint64_t seed) {
  return {
      {.name = "a week of everything",
       .users = 100'000,
       .days = 7,
       .seed = seed,
       .parallel_syncs = 128,
       .has_outages = true,
       .has_webhooks = true,
       .has_turnover = true},
      {.name = "two nodes that die",
       .users = 10'000,
       .days = 3,
       .seed = seed,
       .nodes = 2,
       .has_webhooks = true,
       .has_turnover = true,
       .has_deaths = true},
      {.name = "somebody else spends a third",
       .users = 2'000,
       .days = 4,
       .seed = seed,
       .has_turnover = true,
       .outside_share = 1.0 / 3},
      {.name = "a household", .users = 6, .days = 3, .seed = seed, .parallel_syncs = 10},
  };
}

std::vector<scenario> long_scenarios(std::uint64_t seed) {
  return {{.name = "a million users",
           .users = 1'000'000,
           .days = 1,
           .seed = seed,
           .parallel_syncs = 1024,
           .has_webhooks = true,
           .has_turnover = true}};
}

} // namespace

int main(int argc, char** argv) {
  std::uint64_t seed = 20'260'302;
  bool is_long = false;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument{argv[i]};
    if (argument == "--long")
      is_long = true;
    else if (argument == "--seed" && i + 1 < argc)
      seed = std::strtoull(argv[++i], nullptr, 10);
    else {
      std::fprintf(stderr, "usage: sync_simulation [--long] [--seed N]\n");
      return 2;
    }
  }
  const auto costs = polar_flow::simulation::measure_plan();
  std::printf("calls of a first sync %d; of a later one %d when the watch has sent today, %d after "
              "a week, %d after four; of news about a night %d, an activity %d, an exercise %d\n",
              costs.first, costs.later[0], costs.later[7], costs.later[28], costs.news[0],
              costs.news[1], costs.news[2]);
  int failures = 0;
  for (const auto& what : is_long ? long_scenarios(seed) : usual_scenarios(seed)) {
    const auto began = std::chrono::steady_clock::now();
    polar_flow::simulation::world world{what, costs};
    const auto seen = world.live();
    for (const auto& sentence : polar_flow::simulation::judge(what, seen)) {
      std::printf("FAILED %s\n", sentence.c_str());
      ++failures;
    }
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    std::printf(" took %.1f s\n", took.count());
    std::fflush(stdout);
  }
  std::printf("%d expectation(s) failed\n", failures);
  return failures == 0 ? 0 : 1;
}
