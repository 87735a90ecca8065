#define BOOST_TEST_DYN_LINK
#include "simulator/webhook_book.hpp"
#include "tests/simulator/support.hpp"

#include <boost/test/unit_test.hpp>

using namespace polar_flow;
using namespace polar_flow::simulator;
using namespace polar_flow::testing;
using namespace std::chrono_literals;

namespace {

const instant start{1000h};

const webhook example{"1a2b", {"SLEEP", "EXERCISE"}, "http://localhost/hook", "key", true, {}};

} // namespace

BOOST_AUTO_TEST_SUITE(webhook_memory)

BOOST_AUTO_TEST_CASE(seven_days_of_failures_deactivate) {
  webhook_book book;
  book.note_delivery(false, start);
  BOOST_TEST(!book.current().has_value());
  book.store(example, start);
  book.note_delivery(false, start);
  book.note_delivery(false, start + 167h);
  BOOST_TEST(book.current()->is_active);
  book.note_delivery(false, start + 168h);
  BOOST_TEST(!book.current()->is_active);
}

BOOST_AUTO_TEST_CASE(one_success_begins_anew) {
  webhook_book book;
  book.store(example, start);
  book.note_delivery(false, start);
  book.note_delivery(true, start + 167h);
  book.note_delivery(false, start + 168h);
  book.note_delivery(false, start + 335h);
  BOOST_TEST(book.current()->is_active);
}

BOOST_AUTO_TEST_CASE(state_survives_a_restart) {
  scratch_folder folder;
  const auto file = folder.path / "state";
  {
    webhook_book book{std::make_shared<journal>(file), {}};
    book.store(example, start);
    book.note_delivery(false, start);
  }
  auto expected = example;
  expected.failing_since = start;
  {
    webhook_book book{std::make_shared<journal>(file), read_journal(file)};
    BOOST_TEST((book.current() == expected));
    book.remove(start);
  }
  const webhook_book book{std::make_shared<journal>(file), read_journal(file)};
  BOOST_TEST(!book.current().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
