// Goal: no zip, however broken, does more harm than a sentence that says so. Method: well-formed
// zips are changed at random, and read to their end within limits. A seed repeats a run.

#define BOOST_TEST_DYN_LINK
#include "tests/fuzz/mutation.hpp"
#include "tests/zip/zip_files.hpp"
#include "zip/file_name.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <array>

using namespace polar_flow;
using namespace polar_flow::testing;

namespace {

/// Some seconds of a debug build per case, and some minutes.
constexpr std::uint64_t rounds = 4'000;
constexpr std::uint64_t long_rounds = 200'000;

constexpr zip::limits bounds{.entries_max = 20,
                             .directory_bytes_max = 1'000'000,
                             .entry_bytes_max = 100'000,
                             .total_bytes_max = 300'000,
                             .ratio_max = 400,
                             .name_bytes_max = 40};

std::string sample_zip() {
  std::string text;
  for (int i = 0; i < 300; ++i)
    text.append(std::to_string(i * i)).append(",");
  return make_zip({{"a.json", "{}"}, {"folder/b.json", text}, {"empty", ""}, {"grüße", "äöü"}});
}

/// Few changes, most of them where the zip says what it is.
std::string with_changed_bytes(const std::string& sample, random_engine& random) {
  std::string bytes = sample;
  mutate_bytes(bytes, random);
  return bytes;
}

std::string with_changed_headers(const std::string& sample, random_engine& random) {
  constexpr std::array<std::string_view, 4> signatures{"PK\x01\x02", "PK\x03\x04", "PK\x05\x06",
                                                       "PK\x07\x08"};
  std::string bytes = sample;
  const auto signature = signatures[pick(random, signatures.size())];
  auto at = bytes.find(signature);
  for (auto turns = pick(random, 4); turns > 0 && at != std::string::npos; --turns)
    at = std::min(bytes.find(signature, at + 1), at);
  if (at == std::string::npos)
    return bytes;
  for (auto changes = 1 + pick(random, 3); changes > 0; --changes) {
    const auto place = at + pick(random, 46);
    if (place < bytes.size())
      bytes[place] = static_cast<char>(pick(random, 256));
  }
  return bytes;
}

/// An empty text when all is well, else what is wrong.
std::string problem_with(const zip_story& story) {
  if (story.failure && story.failure->code != errc::invalid_argument)
    return "an unexpected error";
  if (story.failure && story.failure->message.empty())
    return "an error without a sentence";
  std::size_t total = 0;
  for (const auto& [name, content] : story.contents) {
    total += content.size();
    if (!zip::objection_to_name(name, bounds.name_bytes_max).empty())
      return "a refused name was read";
    if (content.size() > bounds.entry_bytes_max)
      return "a file is too large";
  }
  const bool is_within = story.contents.size() + story.refused.size() <= bounds.entries_max
                         && total <= bounds.total_bytes_max;
  return is_within ? std::string{} : "a limit was passed";
}

void fuzz(const char* name, std::string (*make_bytes)(const std::string&, random_engine&)) {
  const auto plan = read_fuzz_plan(rounds, long_rounds);
  random_engine random{plan.seed};
  const auto sample = sample_zip();
  std::uint64_t believed = 0;
  for (std::uint64_t round = 0; round < plan.rounds; ++round) {
    const auto story = read_zip(make_bytes(sample, random), bounds);
    if (const auto problem = problem_with(story); !problem.empty()) {
      BOOST_ERROR(name << ", seed " << plan.seed << ", round " << round << ": " << problem);
      return;
    }
    believed += !story.failure && story.refused.empty() ? 1 : 0;
  }
  // Changes that are all noticed, or none, would exercise one half of the reader only.
  BOOST_TEST(believed > plan.rounds / 1000);
  BOOST_TEST(believed < plan.rounds);
}

} // namespace

BOOST_AUTO_TEST_SUITE(read_zip_file)

BOOST_AUTO_TEST_CASE(changed_bytes) {
  fuzz("changed bytes", with_changed_bytes);
}

BOOST_AUTO_TEST_CASE(changed_headers) {
  fuzz("changed headers", with_changed_headers);
}

BOOST_AUTO_TEST_SUITE_END()
