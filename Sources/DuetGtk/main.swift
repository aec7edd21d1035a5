print("duetml")
