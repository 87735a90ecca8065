// Goal: an answer that is broken in one place harms that place only. Method: every byte of a
// sample is a place to cut, every value in it a place to put something else.

#define BOOST_TEST_DYN_LINK
#include "polar/readers.hpp"
#include "tests/polar/sample_answers.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/test/unit_test.hpp>

using namespace polar_flow;
namespace json = boost::json;

namespace {

/// The list of records in a sample, bare or in a member.
json::array& records_of(json::value& document) {
  if (auto* list = document.if_array())
    return *list;
  return document.get_object().begin()->value().get_array();
}

void collect(json::value& value, std::vector<json::value*>& found) {
  found.push_back(&value);
  if (auto* object = value.if_object())
    for (auto& member : *object)
      collect(member.value(), found);
  else if (auto* list = value.if_array())
    for (auto& item : *list)
      collect(item, found);
}

/// The last record alone, as an answer of its own gives it.
stream_records last_record(const testing::sample_answer& sample) {
  auto document = json::parse(sample.body);
  auto& list = records_of(document);
  list.erase(list.begin());
  return polar::read_answer(sample.kind, json::serialize(document)).value();
}

/// Whether `records` ends with the one record in `expected`.
bool ends_with(const stream_records& records, const stream_records& expected) {
  return std::visit(
      [&]<class Records>(const Records& all) {
        if constexpr (std::is_same_v<Records, std::monostate>)
          return false;
        else
          return !all.empty() && all.size() <= 2
                 && all.back() == std::get<Records>(expected).back();
      },
      records);
}

std::vector<json::value> replacements() {
  json::value deep(json::array{});
  for (int i = 0; i < 20; ++i)
    deep = json::value(json::array{deep});
  return {json::value(nullptr),
          json::value("x"),
          json::value(""),
          json::value(std::string(100'000, 'x')),
          json::value(7),
          json::value(-1),
          json::value(1e300),
          json::value(std::numeric_limits<std::int64_t>::min()),
          json::value(std::numeric_limits<std::uint64_t>::max()),
          json::value(true),
          json::value(json::object{}),
          json::value(json::object{{"23:59", "x"}, {"samples", json::array{1}}}),
          json::value(json::array{}),
          json::value(json::array{nullptr, "x", 1}),
          deep};
}

std::vector<testing::sample_answer> list_answers() {
  auto samples = testing::sample_answers();
  std::erase_if(samples, [](const testing::sample_answer& sample) { return sample.records != 2; });
  return samples;
}

errc error_of(stream kind, std::string_view body) {
  const auto records = polar::read_answer(kind, body);
  return records ? errc::none : records.error().code;
}

} // namespace

BOOST_AUTO_TEST_SUITE(broken_answers)

BOOST_AUTO_TEST_CASE(samples_are_whole) {
  for (const auto& sample : testing::sample_answers())
    BOOST_TEST(record_count(polar::read_answer(sample.kind, sample.body).value()) == sample.records,
               to_string(sample.kind));
}

BOOST_AUTO_TEST_CASE(every_stream_has_a_reader_and_a_sample) {
  for (const auto kind : all_streams) {
    BOOST_TEST(polar::read_answer(kind, "null").value().index() != 0u, to_string(kind));
    BOOST_TEST(std::ranges::count(testing::sample_answers(), kind, &testing::sample_answer::kind)
                   == 1,
               to_string(kind));
  }
}

BOOST_AUTO_TEST_CASE(an_empty_body_is_an_empty_list) {
  for (const auto& sample : testing::sample_answers()) {
    const auto records = polar::read_answer(sample.kind, "");
    BOOST_REQUIRE(records.has_value());
    BOOST_TEST(record_count(*records) == 0u);
    BOOST_TEST(records->index() != 0u);
  }
}

BOOST_AUTO_TEST_CASE(a_cut_at_any_byte_is_noticed) {
  for (const auto& sample : testing::sample_answers())
    for (std::size_t size = 1; size < sample.body.size(); ++size)
      if (error_of(sample.kind, sample.body.substr(0, size)) != errc::polar_unreadable)
        BOOST_ERROR(to_string(sample.kind) << " cut at " << size << " was believed");
}

BOOST_AUTO_TEST_CASE(any_value_may_be_of_any_type) {
  for (const auto& sample : list_answers()) {
    const auto expected = last_record(sample);
    auto document = json::parse(sample.body);
    std::vector<json::value*> places;
    collect(records_of(document).front(), places);
    // The smallest record, a night of skin temperature, has three members.
    BOOST_TEST(places.size() > 3u);
    // The innermost first, for a place is gone once something else stands where it was in.
    for (auto place = places.rbegin(); place != places.rend(); ++place) {
      const json::value original = **place;
      for (const auto& replacement : replacements()) {
        **place = replacement;
        const auto records = polar::read_answer(sample.kind, json::serialize(document));
        if (!records || !ends_with(*records, expected))
          BOOST_ERROR(to_string(sample.kind) << ": " << json::serialize(original) << " as "
                                             << json::serialize(replacement).substr(0, 50));
      }
      **place = original;
    }
  }
}

BOOST_AUTO_TEST_CASE(any_member_may_be_absent) {
  for (const auto& sample : list_answers()) {
    const auto expected = last_record(sample);
    const auto original = json::parse(sample.body);
    auto document = original;
    const auto members = records_of(document).front().get_object().size();
    for (std::size_t i = 0; i < members; ++i) {
      document = original;
      auto& record = records_of(document).front().get_object();
      record.erase(record.begin() + static_cast<std::ptrdiff_t>(i));
      const auto records = polar::read_answer(sample.kind, json::serialize(document));
      BOOST_TEST((records && ends_with(*records, expected)), to_string(sample.kind) << " " << i);
    }
  }
}

BOOST_AUTO_TEST_CASE(any_member_of_a_lone_object_may_be_of_any_type) {
  const auto original = json::parse(testing::physical_info_answer).get_object();
  for (const auto& member : original)
    for (const auto& replacement : replacements()) {
      auto changed = original;
      changed[member.key()] = replacement;
      const auto records = polar::read_physical_info(json::serialize(changed));
      BOOST_TEST((records && records->size() == 1), member.key());
    }
}

BOOST_AUTO_TEST_CASE(deep_nesting_is_refused) {
  const auto depth = std::size_t{100'000};
  for (const auto& sample : testing::sample_answers()) {
    std::string objects;
    for (std::size_t i = 0; i < depth; ++i)
      objects += "{\"samples\":";
    BOOST_TEST((error_of(sample.kind, objects) == errc::polar_unreadable));
    BOOST_TEST((error_of(sample.kind, std::string(depth, '[') + std::string(depth, ']'))
                == errc::polar_unreadable));
  }
}

BOOST_AUTO_TEST_CASE(ten_megabytes_are_read_or_refused) {
  constexpr std::size_t size = 10 * 1024 * 1024;
  std::string series = "[{\"id\":\"a\",\"start_time\":\"2026-02-01T06:35:07\",\"samples\":"
                       "[{\"sample_type\":0,\"data\":\"";
  while (series.size() < size)
    series += "77,";
  series += "\"}]}]";
  const auto exercises = polar::read_exercises(series).value();
  // The limit of one series: four days at one value per second.
  BOOST_TEST(exercises.at(0).samples.at(0).values.size() == 345'600u);

  std::string nights = "{\"nights\":[{\"date\":\"2026-05-03\"}";
  while (nights.size() < size)
    nights += ",{\"date\":\"2026-05-03\",\"sleep_score\":80}";
  BOOST_TEST(polar::read_sleep(nights + "]}").value().size() == 1u);

  std::string rates = R"({"date":"2025-07-01","heart_rate_samples":[)";
  for (int second = 0; rates.size() < size; second = (second + 1) % 3600) {
    const auto minute_text = std::to_string(100 + second / 60).substr(1);
    const auto second_text = std::to_string(100 + second % 60).substr(1);
    rates += R"({"heart_rate":61,"sample_time":"07:)" + minute_text + ":" + second_text + "\"},";
  }
  rates += R"({"heart_rate":62,"sample_time":"07:00:00"}]})";
  // About 240,000 samples, but of the 3600 seconds of one hour.
  BOOST_TEST(polar::read_continuous_heart_rate(rates).value().at(0).samples.size() == 3600u);

  for (const auto& body : {std::string(size, '['), std::string(size, '"'), std::string(size, '\0'),
                           "\"" + std::string(size, 'x') + "\"", std::string(size, '9')})
    BOOST_TEST((error_of(stream::sleep, body) == errc::polar_unreadable));
}

BOOST_AUTO_TEST_CASE(a_body_beyond_any_answer_is_not_even_parsed) {
  // One byte more than 64 MB.
  const std::string body(64 * 1024 * 1024 + 1, '[');
  BOOST_TEST((error_of(stream::sleep, body) == errc::polar_unreadable));
}

BOOST_AUTO_TEST_SUITE_END()
