// Goal: real recorded answers are read without loss. Method: read every recorded file, write the
// values back into Polar's shape with an encoder of the test's own, and compare leaf by leaf.

#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "polar/readers/json_document.hpp"
#include "tests/polar/polar_encoder.hpp"
#include "tests/support/shared_data.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/test/unit_test.hpp>

#include <charconv>
#include <fstream>
#include <map>
#include <sstream>

using namespace polar_flow;
namespace json = boost::json;

namespace {

using leaves = std::map<std::string, json::value>;

std::string read_file(const std::filesystem::path& file) {
  std::ifstream stream{file, std::ios::binary};
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// Files of one folder; empty, with a message, when there is no recorded data.
std::vector<std::filesystem::path> recorded_files(const std::string& folder) {
  std::vector<std::filesystem::path> files;
  const auto data = testing::recorded_data();
  if (!data) {
    BOOST_TEST_MESSAGE("skipped: no recorded answers at ../shared/data/polar-export");
    return files;
  }
  for (const auto& entry : std::filesystem::directory_iterator{*data / "accesslink" / folder})
    files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

void collect_leaves(const json::value& value, const std::string& path, leaves& found) {
  if (const auto* object = value.if_object())
    for (const auto& member : *object)
      collect_leaves(member.value(), path + "." + std::string{member.key()}, found);
  else if (const auto* list = value.if_array())
    for (std::size_t i = 0; i < list->size(); ++i)
      collect_leaves((*list)[i], path + "[" + std::to_string(i) + "]", found);
  else
    found[path] = value;
}

leaves leaves_of(const json::value& value) {
  leaves found;
  collect_leaves(value, "", found);
  return found;
}

/// The numbers of a JSON text in order, each converted by the standard library.
std::vector<double> number_tokens(const std::string& text) {
  std::vector<double> numbers;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '"') {
      while (text[++i] != '"')
        if (text[i] == '\\')
          ++i;
    } else if (text[i] == '-' || std::isdigit(static_cast<unsigned char>(text[i]))) {
      double number = 0;
      const auto end = std::from_chars(&text[i], text.data() + text.size(), number).ptr;
      numbers.push_back(number);
      i = static_cast<std::size_t>(end - text.data()) - 1;
    }
  }
  return numbers;
}

void collect_numbers(const json::value& value, std::vector<double>& numbers) {
  if (const auto* object = value.if_object())
    for (const auto& member : *object)
      collect_numbers(member.value(), numbers);
  else if (const auto* list = value.if_array())
    for (const auto& item : *list)
      collect_numbers(item, numbers);
  else if (value.is_number())
    numbers.push_back(value.to_number<double>());
}

/// Seconds of `PT…`, by a reading of its own.
double duration_seconds(const std::string& text) {
  double total = 0;
  for (const char* place = text.c_str() + 2; *place != '\0';) {
    double number = 0;
    place = std::from_chars(place, text.c_str() + text.size(), number).ptr;
    total += number * (*place == 'H' ? 3600 : *place == 'M' ? 60 : 1);
    ++place;
  }
  return total;
}

/// Items of a sample list as numbers; `null` as nothing.
std::vector<std::optional<double>> series_items(const std::string& data) {
  std::vector<std::optional<double>> items;
  std::istringstream stream{data};
  for (std::string item; std::getline(stream, item, ',');) {
    double number = 0;
    const auto failure = std::from_chars(item.data(), item.data() + item.size(), number).ec;
    items.push_back(failure == std::errc{} ? std::optional{number} : std::nullopt);
  }
  return items;
}

bool is_same_leaf(const std::string& path, const json::value& left, const json::value& right) {
  if (left.is_number() && right.is_number())
    return left.to_number<double>() == right.to_number<double>();
  if (!left.is_string() || !right.is_string())
    return left == right;
  const std::string left_text{left.get_string()};
  const std::string right_text{right.get_string()};
  if (left_text.starts_with("PT"))
    return duration_seconds(left_text) == duration_seconds(right_text);
  if (path.ends_with(".data"))
    return series_items(left_text) == series_items(right_text);
  return left_text == right_text;
}

/// Leaves that are not kept, on purpose.
bool is_left_out(const std::string& path, const json::value& value, const leaves& all) {
  // A link that only repeats the user's id.
  if (path.ends_with(".polar_user"))
    return true;
  // Sentinels: a load of −1, and a load of 0 whose interpretation says "not available".
  if (!path.ends_with("-load") || !value.is_number())
    return false;
  const auto load = value.to_number<double>();
  const auto interpretation = all.find(path + "-interpretation");
  return load == -1.0
         || (load == 0.0 && interpretation != all.end()
             && interpretation->second == "NOT_AVAILABLE");
}

void check_same_leaves(const json::value& original, const json::value& written) {
  const auto expected = leaves_of(original);
  auto found = leaves_of(written);
  BOOST_TEST(expected.size() > 0);
  for (const auto& [path, value] : expected) {
    const auto match = found.find(path);
    if (is_left_out(path, value, expected)) {
      BOOST_TEST((match == found.end()), path << " should be unknown");
      continue;
    }
    if (match == found.end()) {
      BOOST_ERROR(path << " was lost");
      continue;
    }
    if (!is_same_leaf(path, value, match->second))
      BOOST_ERROR(path << " was changed");
    found.erase(match);
  }
  for (const auto& [path, value] : found)
    BOOST_ERROR(path << " was invented");
}

/// A day of heart rate without the samples that say "no signal": their time says nothing either.
json::value without_lost_signals(const json::value& document) {
  json::object day = document.as_object();
  json::array kept;
  for (const auto& sample : day.at("heart_rate_samples").as_array())
    if (sample.at("heart_rate") != 0)
      kept.push_back(sample);
  day["heart_rate_samples"] = std::move(kept);
  return day;
}

/// A detail answer is one object; the encoder writes lists.
json::value as_list(json::value document) {
  return document.is_array() ? document : json::value(json::array{std::move(document)});
}

} // namespace

BOOST_AUTO_TEST_SUITE(recorded_answers)

BOOST_AUTO_TEST_CASE(exercises_are_read_without_loss) {
  for (const auto& file : recorded_files("exercises")) {
    BOOST_TEST_CONTEXT(file.filename()) {
      const auto text = read_file(file);
      const auto records = polar::read_exercises(text);
      BOOST_REQUIRE(records.has_value());
      const auto original = polar::parse_document(text);
      BOOST_REQUIRE(original.has_value());
      check_same_leaves(as_list(*original), testing::encode_exercises(*records));
    }
  }
}

BOOST_AUTO_TEST_CASE(activities_are_read_without_loss) {
  for (const auto& file : recorded_files("activities")) {
    BOOST_TEST_CONTEXT(file.filename()) {
      const auto text = read_file(file);
      const auto days = polar::read_activity(text);
      const auto samples = polar::read_activity_samples(text);
      BOOST_REQUIRE(days.has_value());
      BOOST_REQUIRE(samples.has_value());
      const auto original = polar::parse_document(text);
      BOOST_REQUIRE(original.has_value());
      check_same_leaves(as_list(*original), testing::encode_activities(*days, *samples));
    }
  }
}

BOOST_AUTO_TEST_CASE(continuous_heart_rates_are_read_without_loss) {
  for (const auto& file : recorded_files("continuous-heart-rate")) {
    BOOST_TEST_CONTEXT(file.filename()) {
      const auto text = read_file(file);
      const auto days = polar::read_continuous_heart_rate(text);
      BOOST_REQUIRE(days.has_value());
      const auto original = polar::parse_document(text);
      BOOST_REQUIRE(original.has_value());
      check_same_leaves(as_list(without_lost_signals(*original)),
                        testing::encode_heart_rates(*days));
    }
  }
}

/// The comparison above starts from our own parser, so that one is held against the text itself.
BOOST_AUTO_TEST_CASE(numbers_are_parsed_to_the_last_digit) {
  for (const auto* folder : {"exercises", "activities", "continuous-heart-rate"})
    for (const auto& file : recorded_files(folder)) {
      const auto text = read_file(file);
      const auto document = polar::parse_document(text);
      BOOST_REQUIRE(document.has_value());
      std::vector<double> parsed;
      collect_numbers(*document, parsed);
      BOOST_TEST((parsed == number_tokens(text)), file.filename());
    }
}

BOOST_AUTO_TEST_CASE(counts_are_those_of_the_readme) {
  const auto data = testing::recorded_data();
  if (!data) {
    BOOST_TEST_MESSAGE("skipped: no recorded answers at ../shared/data/polar-export");
    return;
  }
  const auto folder = *data / "accesslink";
  const auto count_exercises = [&](const char* name) {
    return polar::read_exercises(read_file(folder / "exercises" / name)).value().size();
  };
  BOOST_TEST(count_exercises("list-plain-42.json") == 42u);
  BOOST_TEST(count_exercises("list-with-samples-and-zones.json") == 25u);
  BOOST_TEST(count_exercises("detail-mobility-no-distance.json") == 1u);
  const auto zones = polar::read_activity_samples(
      read_file(folder / "activities" / "day-with-activity-zones.json"));
  BOOST_TEST(zones.value().at(0).zones.size() == 208u);
  std::size_t samples = 0;
  for (const auto& file : recorded_files("continuous-heart-rate"))
    samples += polar::read_continuous_heart_rate(read_file(file)).value().at(0).samples.size();
  // 65,738 samples, of which 66 are 0 (section 5 of the contract).
  BOOST_TEST(samples == 65'738u - 66u);
}

BOOST_AUTO_TEST_SUITE_END()
