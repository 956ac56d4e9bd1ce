"""A prepared question is made once: what it reads beside what it is given must never change while the program runs."""

import ast

from tests.house.source import trees

MARKS = {"prepared", "made_once"}
CHANGES = {"clock", "still", "calendar", "settings", "connection", "in_force", "global", "nonlocal"}


def leaning(tree: ast.AST) -> dict[str, set[str]]:
    """{prepared question: what it names that is another thing tomorrow}; parameters of these names are given anew."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and MARKS & {ast.unparse(one) for one in node.decorator_list}:
            given = {one.arg for one in (*node.args.args, *node.args.kwonlyargs)}
            found[node.name] = ({one.id for one in ast.walk(node) if isinstance(one, ast.Name)} & CHANGES) - given
    return found


def test_no_prepared_question_reads_what_changes() -> None:
    asked = {(name, question): read for name, tree in trees("bihuan") for question, read in leaning(tree).items()}

    assert len(asked) > 20
    assert {place: read for place, read in asked.items() if read} == {}


def test_a_prepared_question_with_a_day_of_its_own_is_found() -> None:
    planted = (
        "@prepared\ndef held(person):\n    return Appointment.objects.filter(in_force(clock.today()), pk=person)\n"
    )

    assert leaning(ast.parse(planted)) == {"held": {"clock", "in_force"}}
    assert leaning(ast.parse(planted.replace("person)", "person, clock, in_force)", 1))) == {"held": set()}
